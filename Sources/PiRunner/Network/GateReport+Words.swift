import PiGate
import PiJSON
import PiSystem

extension GateReport {
    /// For records and reports.
    var json: JSONValue {
        var rows = records.map(\.json)
        if more > 0 { rows.append(["more": .number(JSONNumber(more))]) }
        return .array(rows)
    }

    /// What did not come about, the refused before the rest.
    var refused: [GateRecord] {
        let order: [GateRecord.Verdict] = [.denied, .limited, .failed]
        return order.flatMap { verdict in records.filter { $0.subject.verdict == verdict } }
    }
}

extension GateRecord {
    /// In one sentence without its full stop.
    var sentence: String {
        let place = SafeText(subject.place, limit: 270)
        let reason = SafeText(subject.reason, limit: 500)
        return switch subject.verdict {
        case .allowed: "\(place) was reached (`\(SafeText(subject.rule, limit: 120))`)"
        case .denied: "the network refused \(place): \(reason)"
        case .limited:
            "the network cut off \(place): \(reason) (`\(SafeText(subject.rule, limit: 120))`)"
        case .failed: "\(place) may be reached and was not: \(reason)"
        }
    }

    fileprivate var json: JSONValue {
        func number(_ number: Int) -> JSONValue { .number(JSONNumber(number)) }
        return [
            "decision": .string(subject.verdict.rawValue), "to": .string(subject.place),
            "rule": .string(subject.rule), "reason": .string(subject.reason),
            "count": number(count), "sent": number(sent), "received": number(received),
            "longest_ms": number(longest.milliseconds),
            "address": address.map { .string("\($0)") } ?? .null,
        ]
    }
}
