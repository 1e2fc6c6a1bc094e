import PiAI
import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// `pi-runner --version`: enough to say in a report what ran.
enum VersionCommand {
    static let version = "0.1.0"

    static let command = Command(
        name: "version",
        summary: "print the versions of pi-runner and what it is built from",
        about: [
            """
            The same as `pi-runner --version`. The libraries that are named with a version are part of \
            the program; libcurl is opened when the first request is made, and the version shown is that \
            of the headers it was built with.
            """
        ],
        operands: [],
        options: [],
        examples: [
            .init(line: "pi-runner --version", summary: "what to put into a report"),
            .init(line: "pi-runner --version --json", summary: "the same for scripts"),
        ],
        exitCodes: [],
        result: [
            .init(name: "program", schema: ["type": "string"]),
            .init(name: "commit", schema: ["type": ["string", "null"]]),
            .init(name: "toolchain", schema: ["type": ["string", "null"]]),
            .init(
                name: "libraries",
                schema: ["type": "object", "additionalProperties": ["type": "string"]]),
        ],
        perform: { _ in outcome })

    private static var outcome: Outcome {
        let commit = ThisProcess.commit.isEmpty ? nil : ThisProcess.commit
        let toolchain = ThisProcess.toolchain.isEmpty ? nil : ThisProcess.toolchain
        let linked = libraries.map { "with \($0.name) \($0.version)" }.joined(separator: "\n")
        return Outcome(
            exit: .ok,
            text: """
                pi-runner \(version) (\(commit.map { "commit \($0)" } ?? "commit unknown"))
                built with \(toolchain ?? "an unknown toolchain")
                \(linked)
                with libcurl \(LibCurl.headerVersion), when it is needed

                """,
            fields: [
                .init(name: "program", value: .string(version)),
                .init(name: "commit", value: commit.map(JSONValue.string) ?? .null),
                .init(name: "toolchain", value: toolchain.map(JSONValue.string) ?? .null),
                .init(
                    name: "libraries",
                    value: .object(
                        JSONObject(
                            (libraries + [("libcurl", LibCurl.headerVersion)]).map {
                                JSONObject.Member(name: $0.name, value: .string($0.version))
                            }))),
            ])
    }

    private static var libraries: [(name: String, version: String)] {
        [
            ("libyaml", LibYAML.version), ("libseccomp", LibSeccomp.version),
            ("libcap", LibCap.version), ("SQLite", LibSQLite.version),
            ("OpenSSL", LibCrypto.version), ("libpsl", LibPSL.version),
        ]
    }
}
