import PiAI
import PiJSON

/// Reads every line of a session and says what is wrong: all of it, not the first.
package struct SessionCheck: Sendable {
    package struct Fault: Hashable, Sendable {
        /// Counted from one.
        package let line: Int
        package let reason: String
    }

    package private(set) var faults: [Fault] = []
    package private(set) var entries = 0
    /// Bytes of a last line that was not finished, which the next writer cuts off.
    package private(set) var unfinished = 0

    private static let mostFaults = 1_000

    package init(_ bytes: [UInt8]) {
        var ids: Set<String> = []
        var number = 0
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            number += 1
            check(Array(rest[..<end]), number, &ids)
            rest = rest[(end + 1)...]
        }
        // A whole line that only lacks its end is one, too.
        if !rest.isEmpty, Self.value(Array(rest)) != nil {
            check(Array(rest), number + 1, &ids)
        } else {
            unfinished = rest.count
        }
        if number == 0, rest.isEmpty { add(1, "there is no header: the file is empty") }
    }

    private static func value(_ line: [UInt8]) -> JSONValue? {
        // That it is none is all that has to be known.
        try? JSONReader.read(line, .interchange(sizeLimit: SessionFile.largestLine)).value
    }

    private mutating func add(_ line: Int, _ reason: String) {
        if faults.count < Self.mostFaults { faults.append(Fault(line: line, reason: reason)) }
    }

    private mutating func check(_ line: [UInt8], _ number: Int, _ ids: inout Set<String>) {
        guard !line.isEmpty || number == 1 else { return }
        guard let json = Self.value(line), json.object != nil else {
            return add(number, "it is no JSON object")
        }
        guard number > 1 else {
            if json["type"]?.string != "session" { add(1, "it is no header of a session") }
            let version = json["version"]?.number?.int ?? 1
            if version != 3 { add(1, "its version is \(version), not 3") }
            return
        }
        entries += 1
        guard let id = json["id"]?.string, json["type"]?.string != nil else {
            return add(number, "it has no id or no type")
        }
        let shown = SafeText(id, limit: 40)
        if let parent = json["parentId"]?.string, !ids.contains(parent) {
            add(
                number,
                "\(shown) follows \(SafeText(parent, limit: 40)), which does not stand before it")
        }
        if !ids.insert(id).inserted { add(number, "the id \(shown) stands twice") }
        if case .unknown(let type)? = SessionEntry(json)?.content,
            SessionEntry.Kind(rawValue: type) != nil
        {
            add(number, "\(shown) is no \(SafeText(type, limit: 40)) that could be read")
        }
    }
}
