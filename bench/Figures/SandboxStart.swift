import PiSandbox
import PiSystem

extension Figure {
    /// What a library user pays for one call in a sandbox of its own.
    static let sandboxCold = Figure(
        name: "sandbox-cold", what: "a sandbox made, one call of `true`, and all of it gone",
        peer: "bwrap, whole process", unit: .nanoseconds, goal: .ratio(0.75),
        measure: { rounds in
            let sample = try SampleSandbox()
            return try alternate(
                rounds: 10 * rounds,
                ours: { try sample.once(for: .one) { try sample.call(["true"], in: $0) } },
                peer: Bubblewrap.peer(running: ["true"]))
        })

    /// What a person or a script pays: policy, record and result included.
    static let exec = Figure(
        name: "exec", what: "pi-runner exec -- true, whole process", peer: "bwrap",
        unit: .nanoseconds, goal: .ratio(1.25),
        measure: { rounds in
            try BenchFolder.with { folder in
                try exec(in: folder, rounds, against: Bubblewrap.peer(running: ["true"])).time
            }
        })

    static let execContainer = Figure(
        name: "exec-container", what: "pi-runner exec -- true, whole process",
        peer: "crun with an equivalent bundle", unit: .nanoseconds, goal: .none,
        measure: { rounds in
            try BenchFolder.with { folder in
                try exec(in: folder, rounds, against: ContainerBundle(in: folder).peer()).time
            }
        })

    static func exec(
        in folder: FilePath, _ rounds: Int, against peer: PeerProgram
    ) throws -> WholeProcess.Rounds {
        let work = try folder.makeFolder("work")
        // Root's runs need ids; nobody else looks at this.
        try folder.makeFolder("pi-runner")
            .write("ids: {from: 1200000, count: 10000}\n", to: "settings.yaml")
        let command = try Command(
            [WholeProcess.built("pi-runner"), "exec", "--", "true"],
            environment: [
                RawText("HOME=\(folder)")!, RawText("XDG_CONFIG_HOME=\(folder)")!,
                RawText("XDG_STATE_HOME=\(folder)/state")!, "PATH=/usr/bin:/bin",
            ], in: work)
        return try WholeProcess.alternate(rounds: 10 * rounds, ours: command, peer: peer)
    }
}
