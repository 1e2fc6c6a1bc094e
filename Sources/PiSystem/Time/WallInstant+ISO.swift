extension WallInstant {
    /// As ISO 8601 writes it, in UTC: `2026-11-21T10:11:12.345Z`.
    package var iso: String {
        let milliseconds = nanoseconds / 1_000_000
        let inDay = Int(((milliseconds % 86_400_000) + 86_400_000) % 86_400_000)
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        let (hours, minutes) = (inDay / 3_600_000, inDay / 60_000 % 60)
        return "\(CalendarDay(of: self))T\(digits(hours, 2)):\(digits(minutes, 2))"
            + ":\(digits(inDay / 1_000 % 60, 2)).\(digits(inDay % 1_000, 3))Z"
    }

    /// Since 1970, as messages and events have it.
    package var milliseconds: Int { Int(nanoseconds / 1_000_000) }
}
