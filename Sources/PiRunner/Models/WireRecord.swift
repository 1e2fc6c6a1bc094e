import PiAI
import PiJSON
import PiSystem

/// Where a person wants to have what goes over the wire: a line an exchange, there as soon as it has ended, and no key in it.
final class WireRecord: Sendable {
    static let option = Command.Option(
        name: "record", short: nil, argument: .required("FILE", .file),
        summary: "keep what was sent and received, without the key")

    /// Where a person wants it; told before anything is sent if it can't be there.
    static func place(_ arguments: Arguments, _ choice: ModelChoice) throws -> FilePath? {
        guard let path = arguments.value(of: "record").map(FilePath.init) else { return nil }
        guard choice.script == nil else {
            throw ModelChoice.Refused(
                .usage, "a script sends nothing that could be recorded", help: "leave --record out")
        }
        try ResultFile.checkPlace(of: path)
        return path
    }

    let recording: Recording
    private let fault: FirstError

    /// - Parameter failed: called once a line can't be written; `end` throws the same.
    init(
        _ path: FilePath, hiding secrets: [Secret],
        failed: @escaping @Sendable (any Error) -> Void = { _ in }
    ) throws {
        let file = SharedDescriptor(try Self.open(path))
        let fault = FirstError()
        self.fault = fault
        recording = Recording(Redaction(secrets)) { line in
            // Behind a line that is missing another would be a lie.
            guard fault.error == nil else { return }
            do {
                let bytes = JSONWriter.write(line, layout: .compact) + [UInt8(ascii: "\n")]
                try file.descriptor.writeAll(bytes, to: path)
            } catch {
                fault.note(error)
                failed(error)
            }
        }
    }

    private static func open(_ path: FilePath) throws -> Descriptor {
        if let stream = try Descriptor.named(by: path) { return stream }
        let end = try Folder.followLinks(from: path)
        // A pipe has one beginning; who reads from it would take a second one for the end of the first.
        let known = end.name.flatMap { name in
            // What can't be looked at is told by whoever opens it.
            try? Folder.open(end.parent, resolving: .anything).factsIfPresent(of: name)
        }
        if known.map({ $0.kind == .file }) ?? true { try ResultFile.write([], to: path) }
        return try Descriptor.sink(end, .truncating)
    }

    func end() throws {
        recording.end()
        guard let error = fault.error else { return }
        // Not as it is: that a reader has gone means another thing where answers are printed.
        throw ModelChoice.Refused(
            .unrecorded, Failure.diagnostic(of: error).message,
            help: "what was asked was asked, and is not in the record")
    }
}
