import PiSystem
import PiTesting
import Testing

@testable import PiSandbox

/// `Sources/CSandbox/filters.c`, written by `make golden`.
@Suite struct FilterSource {
    static var isBeingWritten: Bool { ThisProcess.variable("PI_GOLDEN") == "write" }

    /// What is compiled in; while it is being replaced, what the next build will have.
    static func program(
        _ kind: FilterProgram.Kind, for architecture: Architecture
    ) throws -> FilterProgram {
        isBeingWritten
            ? try LibSeccomp.build(kind, for: architecture)
            : LibFilters.program(kind, for: architecture)
    }

    /// Another libseccomp may say the same in other code, so this does not build: `FilterTests` does, and runs the code.
    @Test func `what is compiled in is what make golden wrote`() throws {
        try Golden.expect(Self.text(), at: "Sources/CSandbox/filters.c")
    }

    private static func text() throws -> String {
        var text = """
            // Written by `make golden` from the table in Sources/PiSandbox/SystemCalls/.
            // clang-format off
            #include "pi_filters.h"

            """
        var rows: [String] = []
        for architecture in Architecture.allCases {
            for kind in FilterProgram.Kind.allCases {
                let name = "\(architecture)_\(kind)"
                let program = try program(kind, for: architecture).instructions
                text += "\nstatic const struct sock_filter \(name)[] = {\n"
                for instruction in program {
                    let operand = String(instruction.operand, radix: 16)
                    let code = String(instruction.code, radix: 16)
                    text +=
                        "    {0x\(code), \(instruction.ifTrue), \(instruction.ifFalse), 0x\(operand)},\n"
                }
                text += "};\n"
                rows.append("{\(name), sizeof \(name) / sizeof *\(name)}")
            }
        }
        return text + """

            const struct pi_filter *pi_filter(int aarch64, int reporting) {
                static const struct pi_filter filters[2][2] = {
                    {\(rows[0]),
                     \(rows[1])},
                    {\(rows[2]),
                     \(rows[3])},
                };
                return &filters[aarch64 != 0][reporting != 0];
            }

            """
    }
}
