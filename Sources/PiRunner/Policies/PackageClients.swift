import PiJSON
import PiSystem

/// The package clients of this host, asked which hosts they are configured to use.
///
/// They are the person's own programs, run because the person asked for it, outside of any sandbox. No name
/// of a host is known here: what a client says is all there is.
enum PackageClients {
    struct Answer: Sendable {
        let group: String
        /// The words that were run.
        let command: String
        /// Nil if the client is not installed, or had no answer.
        let hosts: [String]?

        var phrase: String {
            guard let hosts else { return "`\(command)` is not installed, or had no answer" }
            return hosts.isEmpty ? "`\(command)` names no host" : hosts.joined(separator: ", ")
        }
    }

    private struct Client {
        let group: String
        let program: RawText
        let arguments: [RawText]
    }

    private static let clients = [
        Client(
            group: "debian", program: "apt-get",
            arguments: ["indextargets", "--format", "$(SITE)"]),
        Client(
            group: "python", program: "python3",
            arguments: [
                "-c",
                """
                subprocess, sys = __import__("subprocess"), __import__("sys")
                from pip._internal.models.index import PyPI
                def configured(key):
                    run = subprocess.run([sys.executable, "-m", "pip", "config", "get", key],
                        capture_output=True, text=True)
                    return run.stdout.split() if run.returncode == 0 else []
                index = configured("global.index-url")
                own = [PyPI.simple_url, "https://" + PyPI.file_storage_domain]
                more = configured("global.extra-index-url")
                sys.stdout.write("\\n".join((index or own) + more))
                """,
            ]),
        Client(group: "node", program: "npm", arguments: ["config", "get", "registry"]),
        Client(group: "go", program: "go", arguments: ["env", "GOPROXY", "GOSUMDB"]),
        Client(group: "swift", program: "swift", arguments: ["package-registry", "get"]),
    ]

    static func ask() throws -> [Answer] {
        var answers: [Answer] = []
        for client in clients {
            let command = client.program.description
            let output = try ClientProcess.output(client.program, client.arguments)
            answers.append(
                Answer(
                    group: client.group, command: command,
                    hosts: output.map { hosts(in: $0) }))
        }
        return answers
    }

    /// The hosts of the addresses in a text, in order, each once; a bare name counts where an address could stand.
    static func hosts(in text: String) -> [String] {
        var hosts: Set<String> = []
        for word in text.split(whereSeparator: { " \n\t,|".contains($0) }) {
            guard let scheme = word.firstRange(of: "://") else { continue }
            let place = word[scheme.upperBound...].prefix { !"/?#".contains($0) }
            // A name and a password may stand in front.
            let host = (place.split(separator: "@").last ?? "").prefix { $0 != ":" }.lowercased()
            let isName =
                host.contains(".")
                && host.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
                        || byte == 0x2E
                }
            if isName { hosts.insert(host) }
        }
        return hosts.sorted()
    }
}
