import PiSystem

/// One run of a client, a minute at most.
enum ClientProcess {
    /// What it printed; nil if it is not installed, fails or takes too long.
    static func output(_ program: RawText, _ arguments: [RawText]) throws -> String? {
        let pipe = try Pipe()
        let nothing = try Pipe()
        nothing.writing.close()
        let silent = try Descriptor.sink("/dev/null")
        let environment = [
            "PATH", "HOME", "XDG_CONFIG_HOME", "LANG",
            // Where a keyring of the person's is.
            "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "GNUPGHOME", "PASSWORD_STORE_DIR",
        ].compactMap {
            name -> RawText? in
            RawText(name).flatMap(ThisProcess.variable).flatMap { RawText("\(name)=\($0)") }
        }
        // Finds the program in PATH too; what is not there ends at once.
        let plan = SpawnPlan(
            program: "/usr/bin/timeout",
            arguments: ["timeout", "--kill-after=5", "60", program] + arguments,
            environment: environment, newSession: false)
        var child = try plan.start(
            input: nothing.reading, output: pipe.writing, error: silent,
            in: Folder.open("/", resolving: .anything))
        pipe.writing.close()
        var text: [UInt8] = []
        while text.count < 1 << 20,
            let piece = try pipe.reading.read(upTo: .kibibytes(64), from: program), !piece.isEmpty
        {
            text += piece
        }
        pipe.reading.close()
        return try child.waitBlocking().succeeded ? String(decoding: text, as: UTF8.self) : nil
    }
}
