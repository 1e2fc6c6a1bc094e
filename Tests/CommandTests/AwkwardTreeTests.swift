import PiJSON
import PiSystem
import PiTesting
import Testing

/// Trees and changes that are known for trouble: each is seen, applied, taken back and brought again, to the byte.
@Suite(.timeLimit(.minutes(10))) struct AwkwardTreeTests {
    struct Case: CustomTestStringConvertible {
        let before: RawText
        let change: RawText
        /// What `diff` lists; nil if that is not looked at here.
        let diff: [String]?
        /// Whether something has to be insisted on.
        let isForced: Bool

        init(
            _ before: RawText, _ change: RawText, _ diff: [String]? = nil, isForced: Bool = false
        ) {
            self.before = before
            self.change = change
            self.diff = diff
            self.isForced = isForced
        }

        var testDescription: String { "\(before) => \(change)" }
    }

    private static let files = [
        Case("", "touch empty", ["added empty"]),
        Case("touch empty", "echo x >empty", ["changed empty"]),
        Case("echo x >f", ": >f", ["changed f"]),
        Case("printf a >f", "printf b >f", ["changed f"]),
        Case("printf 'a\\nb' >f", "printf 'a\\nb\\n' >f", ["changed f"]),
        Case("printf 'a\\r\\nb\\r\\n' >f", "sed -i 's/b/c/' f", ["changed f"]),
        Case("printf '\\0\\1\\2' >f", "printf '\\0\\1\\3' >f", ["changed f"]),
        Case("printf '\\xff\\xfe' >f", "printf '\\xff\\xfd' >f", ["changed f"]),
        Case("head -c 3m /dev/zero >f", "printf x | dd of=f bs=1 seek=2M conv=notrunc status=none"),
        Case("", "truncate -s 100m hole; printf x >>hole", ["added hole"]),
        Case("truncate -s 10m hole", "printf x | dd of=hole bs=1 seek=5M conv=notrunc status=none"),
        Case("echo x >f", "rm f; echo x >f", []),
        Case("echo x >f", "touch f; chmod 600 f; chmod 644 f", []),
        Case("echo x >f", "mv f g; mv g f", []),
        Case("echo x >f", "cp f g; rm f; mv g f", []),
        Case("echo x >f", "chmod 400 f", ["changed f"]),
        Case("echo x >f; chmod 400 f", "rm -f f; echo y >f; chmod 400 f", ["changed f"]),
        Case("echo x >f; chmod 444 f", "rm -f f; echo y >f; chmod 444 f", ["changed f"]),
        Case("echo x >f", "chmod 755 f", ["changed f"]),
        Case("echo x >f; touch -d 1970-01-01 f", "echo y >f; touch -d 1970-01-01 f", ["changed f"]),
        Case("echo x >f; touch -d 2099-01-01 f", "echo y >f; touch -d 2099-01-01 f", ["changed f"]),
        Case("echo 1 >a; echo 2 >b", "mv a t; mv b a; mv t b", ["changed a", "changed b"]),
    ]

    private static let names = [
        Case("", "touch -- -rf --help", ["added --help", "added -rf"]),
        Case("", "touch ' ' 'a b' '\t' '*' '?' '[a]' '\\' '\"' \"'\" '$(x)' '`x`' ';' '~' '#'"),
        Case("", "touch \"$(printf 'a\\nb')\" \"$(printf 'c\\033[31m')\" \"$(printf 'd\\177')\""),
        Case(
            "",
            "touch \"$(printf 'x\\377y')\"; mkdir \"$(printf '\\200')\"; touch \"$(printf '\\200')/f\""
        ),
        Case("touch \"$(printf 'x\\377y')\"", "rm x*", nil),
        Case("", "touch \"$(printf 'n%.0s' $(seq 255))\"", nil),
        Case("touch \"$(printf 'n%.0s' $(seq 255))\"", "rm n*", nil),
        Case(
            "",
            "mkdir $(printf 'd%.0s' $(seq 200)); cd d*; mkdir $(printf 'e%.0s' $(seq 200)); touch e*/f"
        ),
        Case("", "d=.; for i in $(seq 60); do d=$d/x; done; mkdir -p $d; touch $d/f"),
        Case("d=.; for i in $(seq 60); do d=$d/x; done; mkdir -p $d; touch $d/f", "rm -r x", nil),
        Case("", "touch é; touch \"$(printf 'e\\xcc\\x81')\"", nil),
        Case("touch a", "mv a A", ["added A", "removed a"]),
        Case("", "touch .hidden ..more ...; mkdir .d; touch .d/.f"),
        Case("touch upper", "touch work upper; mkdir upper.d; echo x >upper"),
        Case("", "for i in $(seq 500); do echo $i >f$i; done", nil),
        Case("for i in $(seq 500); do echo $i >f$i; done", "rm f*; echo x >f1", nil),
    ]

    private static let folders = [
        Case("", "mkdir e", ["added e"]),
        Case("mkdir e", "rmdir e", ["removed e"]),
        Case("mkdir e", "rmdir e; mkdir e", []),
        Case("mkdir d; echo x >d/x", "rm -r d; mkdir d", ["removed d/x"]),
        Case("mkdir d; echo x >d/x", "rm -r d; mkdir d; echo x >d/x", []),
        Case("mkdir d; echo x >d/x", "rm -r d; echo file >d", ["changed d", "removed d/x"]),
        Case("echo file >d", "rm d; mkdir d; echo x >d/x", ["changed d", "added d/x"]),
        Case(
            "mkdir d; echo x >d/x", "mv d e", ["removed d", "removed d/x", "added e", "added e/x"]),
        Case("mkdir -p a/b/c; echo x >a/b/c/x", "mv a/b/c a/c; rmdir a/b"),
        Case("mkdir -p a b; echo x >a/x", "mv a b/", nil),
        Case(
            "mkdir d; echo x >d/x; chmod 500 d", "chmod 700 d; echo y >d/x; chmod 500 d",
            ["changed d/x"]),
        Case(
            "mkdir d; echo x >d/x; chmod 500 d", "chmod 700 d; rm -r d",
            ["removed d", "removed d/x"]),
        Case("mkdir d", "chmod 700 d", ["changed d"]),
        Case("mkdir d; echo x >d/x", "chmod 500 d", ["changed d"]),
        Case("", "mkdir -p d/e; echo x >d/e/x; chmod 500 d/e d", nil),
        Case(
            "mkdir -p d/e; echo x >d/e/x; chmod 500 d/e d", "chmod -R u+w d; rm -r d; echo f >d",
            nil),
        Case("", "mkdir s; chmod 1777 s", nil),
        Case(
            "mkdir -p a/one b/two; echo 1 >a/one/f; echo 2 >b/two/f", "mv a t; mv b a; mv t b", nil),
    ]

    private static let links = [
        Case("", "ln -s nowhere l", ["added l"]),
        Case("ln -s a l", "ln -sfn b l", ["changed l"]),
        Case("echo x >a; ln -s a l", "echo y >l", ["changed a"]),
        Case("echo x >a; ln -s a l", "rm l; cp a l", ["changed l"]),
        Case("echo x >a", "rm a; ln -s b a", ["changed a"]),
        Case("mkdir d; echo x >d/x", "rm -r d; ln -s e d", ["changed d", "removed d/x"]),
        Case("mkdir e; ln -s e d", "rm d; mkdir d; echo x >d/x", ["changed d", "added d/x"]),
        Case("", "ln -s l l; ln -s . here; mkdir d; ln -s .. d/up", nil),
        Case(
            "", "ln -s /etc/passwd out; ln -s ../.. up; ln -s d/../../x round", nil, isForced: true),
        Case("echo x >a; ln a b", "rm b", ["removed b"]),
        Case(
            "", "echo x >a; ln a b; mkdir d; ln a d/c",
            ["added a", "added b", "added d", "added d/c"]),
        Case("echo x >a; ln a b", "rm a b; echo y >a; ln a b", ["changed a", "changed b"]),
    ]

    @Test(arguments: files + names + folders + links)
    func `what a program has left comes as it is, and goes again without a trace`(what: Case)
        async throws
    {
        try await World.with { world in
            let work = try Layered(in: world)
            let marks: RawText =
                "find . -mindepth 1 -printf '%P %i %y %T@\\n' | grep -v ' d ' | sort"
            // What was just written must be older than the run.
            try await work.shell(RawText("\(what.before.text)\nsleep 0.02")!)
            let before = (try await work.tree(), try await work.shell(marks))
            let inside = try await work.exec(
                RawText("(\(what.change.text)\n) >/dev/null\n\(Layered.look)")!)
            try #require(
                inside.error == "" || inside.error.contains("waits")
                    || inside.error.contains("wait in"), "\(inside.error)")
            #expect(try await work.tree() == before.0)

            // Where nothing has changed there is nothing to be asked about, and so no list.
            let changes = try? await work.asks("diff")["changes"]?.array
            let listed = (changes ?? []).map {
                "\($0["change"]?.string ?? "?") \($0["path"]?.string ?? "?")"
            }
            if let diff = what.diff { #expect(listed == diff) }
            let apply = try await work.ask("apply")
            #expect(apply.code == (what.isForced ? 9 : 0), "\(apply.error)")
            if what.isForced { #expect(try await work.ask("apply", "--force").code == 0) }
            #expect(try await work.tree() == inside.output)
            #expect(try await work.nothingWaits())
            guard before.0 != inside.output else { return }
            for _ in 0..<2 {
                #expect(try await work.ask("undo").error == "")
                #expect(try await work.tree() == before.0)
                #expect(try await work.shell(marks) == before.1)
                #expect(try await work.ask("redo").error == "")
                #expect(try await work.tree() == inside.output)
            }
            try await work.shell("chmod -R u+rwx .")
        }
    }
}
