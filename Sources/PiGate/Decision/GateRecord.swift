package import PiSystem

/// What came of one kind of request in one call: to the same place, decided in the same way.
package struct GateRecord: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable {
        case allowed, denied, limited
        /// Allowed, and not to be had.
        case failed
    }

    /// What it is about, and what is the same of all that it counts.
    package struct Subject: Hashable, Sendable {
        package let verdict: Verdict
        /// A name, or a name or address with a port.
        package let place: String
        package let rule: String
        /// Empty where nothing has to be said.
        package let reason: String
    }

    package let subject: Subject
    package var count = 0
    package var sent = 0
    package var received = 0
    package var longest = Duration.zero
    /// Where the last of them led.
    package var address: IPAddress?
}

/// All that the gate has decided in one call.
package struct GateReport: Hashable, Sendable {
    package private(set) var records: [GateRecord] = []
    /// Of other subjects, which no longer fitted.
    package private(set) var more = 0
    private var places: [GateRecord.Subject: Int] = [:]

    package init() {}

    private static let limit = 128

    mutating func note(
        _ verdict: GateRecord.Verdict, _ place: String, rule: String, reason: String = "",
        _ change: (inout GateRecord) -> Void = { _ in }
    ) {
        let subject = GateRecord.Subject(
            verdict: verdict, place: place, rule: rule, reason: reason)
        guard let known = places[subject] else {
            guard records.count < Self.limit else {
                more += 1
                return
            }
            places[subject] = records.count
            var record = GateRecord(subject: subject, count: 1)
            change(&record)
            records.append(record)
            return
        }
        records[known].count += 1
        change(&records[known])
    }
}
