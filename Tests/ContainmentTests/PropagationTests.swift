import PiSystem
import PiTesting
import Testing

/// On most hosts all mounts are shared, and a copy of one is its peer.
@Suite struct PropagationTests {
    @Test func `no mount of a sandbox reaches the host, and none of the host's comes in later`()
        async throws
    {
        try await World.with { world in
            try world.write("ids: {from: 1200000, count: 10000}\n", to: "settings.yaml")
            let program = try Program.built("pi-runner", []).program
            // In mounts and processes of its own, so that nothing of this stays.
            let script: RawText = """
                set -e
                cd "$1"; mount --make-rshared /
                mkdir -p config/pi-runner shared; mv settings.yaml config/pi-runner
                mount -t tmpfs none shared; mount --make-shared shared
                mkdir -p shared/here/later; cd shared/here
                echo KEY=1 > .env; chmod -R a+rX ..
                export HOME=$1 XDG_CONFIG_HOME=$1/config XDG_STATE_HOME=$1/state
                mkfifo "$1/go"
                "$2" exec -- sh -c 'echo ready; read go; ls later; wc -c < .env 2>&1' \
                    < "$1/go" > "$1/out" 2> "$1/err" &
                exec 3> "$1/go"
                for i in $(seq 200); do ! grep -q ready "$1/out" || break; sleep 0.05; done
                echo "outside $(cat .env)"
                mount -t tmpfs none later; touch later/canary
                echo go >&3; exec 3>&-
                wait
                cat "$1/out" "$1/err"
                """
            let options: [RawText] =
                UserID.current == .root
                ? ["--mount", "--propagation", "private"]
                : ["--user", "--map-root-user", "--mount", "--propagation", "private"]
            var run = Program(
                "/usr/bin/unshare",
                options + ["sh", "-c", script, "sh", world.path.raw, program.raw])
            run.environment = ["PATH=/usr/bin:/bin:/usr/sbin:/sbin"]
            let outcome = try await run.run()
            guard UserID.current == .root else {
                // Root of a namespace of one id has none to give to a run: it is told, and nothing starts.
                return
            }
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(outcome.output.hasPrefix("outside KEY=1\nready\n"), "\(outcome.output)")
            #expect(!outcome.output.contains("canary"))
            #expect(!outcome.output.contains("6\n"))
        }
    }
}
