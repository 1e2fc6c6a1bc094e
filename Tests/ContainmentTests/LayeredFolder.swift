import PiSandbox
import PiSystem
import PiTesting

/// A person's folder, and beside it a layer of last time and one for this time.
struct LayeredFolder {
    let path: String

    init(in world: borrowing World) throws {
        path = world.path.utf8 ?? ""
        _ = try inFolder(
            """
            mkdir -p below/src below/old new/upper new/work last
            chmod 700 new
            echo one >below/a; echo two >below/b; echo three >below/src/c; echo four >below/old/d
            echo last >last/a
            chmod 755 below below/src below/old last
            if test $(id -u) = 0; then chown -R 1000:1000 below new last; fi
            find below -printf '%p %m %U %s %T@ %i\\n' | sort >before; cat below/a below/b >>before
            """)
    }

    func sandbox(sealed: [String] = []) throws -> SmallSandbox {
        try SmallSandbox([
            SandboxSpec.Tree(
                path: "/here", source: "\(path)/below", access: .readWrite,
                isIDMapped: TestHost.here.isRoot,
                layers: .init(
                    writable: "\(path)/new", sealed: sealed.map { "\(path)/\($0)" }))
        ])
    }

    func inFolder(_ script: String) throws -> String {
        let said = try Helper.run(
            "/bin/bash", ["-c", "set -e; cd \"$1\"; \(script)", "bash", path])
        guard said.ending == .exited(code: 0) else {
            throw Helper.Failed(description: "\(script): \(said.error)")
        }
        return said.output
    }

    /// Contents, modes, owners, times, inodes: all as they were.
    func isUntouched() throws -> Bool {
        try inFolder(
            """
            find below -printf '%p %m %U %s %T@ %i\\n' | sort >after; cat below/a below/b >>after
            cmp -s before after && echo same || diff before after
            """) == "same\n"
    }
}
