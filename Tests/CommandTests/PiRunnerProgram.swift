import PiSystem
import PiTesting

extension Program {
    /// The program under test, as a person would type it.
    static func piRunner(_ arguments: RawText...) throws -> Program {
        try .built("pi-runner", arguments)
    }

    /// The same through a shell, where `$pi` is the program: for pipes and closed streams.
    static func shell(_ script: RawText) throws -> Program {
        let program = try built("pi-runner", []).program
        return Program("/bin/bash", ["-c", RawText("pi=$1; \(script)")!, "bash", program.raw])
    }
}
