import PiJSON
import PiSystem
import PiTesting
import Testing

@testable import PiRunner

@Suite struct VersionTests {
    @Test(arguments: [["--version"], ["-V"], ["version"]] as [[RawText]])
    func `the version names everything that a report needs`(typed: [RawText]) async throws {
        var program = try Program.piRunner()
        program.arguments = typed
        let run = try await program.run()
        #expect(run.code == 0)
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("pi-runner \(VersionCommand.version) (commit ") == true)
        for library in ["libyaml", "libseccomp", "libcap", "SQLite", "OpenSSL", "libcurl"] {
            #expect(lines.contains { $0.hasPrefix("with \(library) ") })
        }
    }

    @Test func `the libraries are in the program, and libcurl is not`() async throws {
        let program = try Program.piRunner().program
        let run = try await Program("/usr/bin/ldd", [program.raw]).run()
        let names = run.output.split(separator: "\n").compactMap {
            $0.split(whereSeparator: \.isWhitespace).first
        }
        .compactMap {
            $0.split(separator: "/").last?.split(separator: ".").first.map(String.init)
        }
        #expect(names.contains("libc"))
        #expect(
            Set(names).isSubset(of: [
                "linux-vdso", "libc", "libm", "libgcc_s", "libstdc++", "ld-linux-x86-64",
                "ld-linux-aarch64",
            ]))
    }
}
