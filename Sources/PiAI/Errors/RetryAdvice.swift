import PiSystem

/// How long a provider asks us to wait.
enum RetryAdvice {
    static func wait(_ head: HTTPHead, now: WallInstant = Clock<TimeOfDay>.system.now) -> Duration?
    {
        if let text = head["retry-after-ms"], let milliseconds = Double(text) {
            return time(milliseconds / 1000)
        }
        guard let text = head["retry-after"] else { return nil }
        if let seconds = Double(text) { return time(seconds) }
        guard let date = HTTPDate.seconds(text) else { return nil }
        let left = Double(date) - Double(now.nanoseconds) / 1e9
        return time(max(0, left))
    }

    /// As Gemini writes it: `1.2s`.
    static func time(ofText text: String) -> Duration? {
        guard text.hasSuffix("s"), let seconds = Double(text.dropLast()) else { return nil }
        return time(seconds)
    }

    /// Nil for what is no time: a peer writes what it likes.
    private static func time(_ seconds: Double) -> Duration? {
        guard seconds.isFinite, seconds >= 0 else { return nil }
        return .milliseconds(Int64((min(seconds, 1e9) * 1000).rounded(.up)))
    }
}

/// The dates of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`; the two older forms are not sent any more.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Since 1970.
    static func seconds(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT" || words[5] == "UTC", words[0].hasSuffix(","),
            let day = Int(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(words[2])),
            let year = Int(words[3]), (1970...9999).contains(year)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, (0..<24).contains(time[0]), (0..<60).contains(time[1]),
            (0...60).contains(time[2])
        else { return nil }
        return daysSince1970(year, month + 1, day) * 86_400 + time[0] * 3600 + time[1] * 60
            + time[2]
    }

    /// Of the Gregorian calendar; years begin in March, so that a leap day is the last of its year.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }
}
