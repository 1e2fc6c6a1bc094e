package import PiJSON

/// Something that a run wants to do.
package struct Request: Hashable, Sendable {
    package enum Command: Hashable, Sendable {
        /// The words of one simple command, none of them to be interpreted.
        case words([String])
        /// Text for a shell.
        case script(String)
        /// A call that should have one and has none that can be read.
        case unknown
    }

    package struct Connection: Hashable, Sendable {
        /// A name, or a literal address.
        package let host: String
        package let port: Int
        package let method: String?
        package let path: String?

        package init(host: String, port: Int, method: String? = nil, path: String? = nil) {
            self.host = host
            self.port = port
            self.method = method
            self.path = path
        }

        /// From `host:port` or `[address]:port`; nil if it is neither.
        package init?(_ text: String, method: String? = nil, path: String? = nil) {
            guard let colon = text.utf8.lastIndex(of: Ascii.colon) else { return nil }
            let digits = text[text.utf8.index(after: colon)...]
            guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ TextKind.isDigit($0) }),
                let port = Int(digits), (1...65_535).contains(port)
            else { return nil }
            var host = text[..<colon]
            if host.begins(with: "["), host.ends(with: "]") {
                host = host.dropFirst().dropLast()
                guard NetworkAddress(String(host)) != nil else { return nil }
            } else if host.utf8.contains(Ascii.colon) {
                return nil
            }
            guard !host.isEmpty else { return nil }
            self.init(host: String(host), port: port, method: method, path: path)
        }

        package var place: String {
            host.utf8.contains(Ascii.colon) ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    /// The tool that does it; nil for what `exec` runs, and for what is asked in general.
    package let tool: String?
    package let command: Command?
    package let read: String?
    package let write: String?
    package let connect: Connection?

    package init(
        tool: String? = nil, command: Command? = nil, read: String? = nil, write: String? = nil,
        connect: Connection? = nil
    ) {
        self.tool = tool
        self.command = command
        self.read = read
        self.write = write
        self.connect = connect
    }

    /// No file can be called so.
    private static let noPath = "\0"

    /// A call with its arguments, as the model wrote them: what the tool does with them is known for the tools
    /// that are built in.
    package init(tool: String, arguments: JSONValue) {
        let path = arguments["path"]?.string
        let command = arguments["command"]?.string
        let reads = ["read", "ls", "find", "grep"].contains(tool)
        let writes = ["write", "edit"].contains(tool)
        // A listing or a search without a path is one of the workspace; what else is not a path is no path that
        // could be allowed.
        let isWorkspace = reads && tool != "read" && arguments["path"] == nil
        let place = path ?? (isWorkspace ? "" : Self.noPath)
        self.init(
            tool: tool,
            command: tool == "bash" ? command.map(Command.script) ?? .unknown : nil,
            read: reads ? place : nil, write: writes ? place : nil)
    }
}
