import PiPolicy
import Testing

/// How a script is taken apart: it steers people, and must not make a fool of them.
@Suite struct ShellScriptTests {
    private static let policy = """
        tools:
          bash:
            decision: ask
            allow: [{command: [make, "..."]}, {command: [ls]}]
            deny: [{command: [git, push, "..."]}]
        """

    @Test(arguments: [
        ("make test", Verdict.allow), ("ls; make all", .allow), ("ls && make", .allow),
        ("ls", .allow),
        ("ls -l", .ask), ("make $TARGET", .ask), ("ls; rm x", .ask), ("make $(id)", .deny),
        ("", .ask),
        ("git status", .ask), ("echo git push", .ask), ("git push", .deny), ("git push -f", .deny),
        ("/usr/bin/git push", .deny), ("ls;git push", .deny), ("ls && (git push)", .deny),
        ("true || git push", .deny), ("FOO=1 git push", .deny), ("sudo -u x git push", .deny),
        ("env A=1 git push", .deny), ("timeout 5 git push", .deny), ("xargs git push", .deny),
        ("sh -c 'git push'", .deny), ("bash -ec \"git push\"", .deny),
        ("sh -c -- 'git push'", .deny),
        ("bash -o pipefail -c 'git push'", .deny), ("eval git push", .deny),
        ("env -S 'git push'", .deny),
        ("echo x | sh", .deny), ("git \"push\"", .deny), ("g''it push", .deny),
        ("git \\\npush", .deny),
        ("git $X", .deny), ("$X", .deny), ("for i in a; do git push; done", .deny),
        ("if true; then git push; fi", .deny), ("! git push", .deny), ("{ git push; }", .deny),
        ("git push >/dev/null 2>&1", .deny), (">x git push", .deny), ("git push#", .ask),
        ("# git push", .ask), ("ls # git push", .allow), ("cat <<E\ngit push\nE", .deny),
        ("`git push`", .deny),
        ("git pu*", .deny), ("trap 'git push' EXIT", .deny), ("ls ~", .ask), ("'git push'", .ask),
        ("git 'push", .deny),
        // What bash runs all the same, found by a second reader.
        ("make test \\\n# '\nevil\n# '", .ask), ("make test \"$\\\n(evil)\"", .deny),
        ("make test <\\\n<E\nmake '\nE\nevil\n# '", .deny), ("x=python; ${x}3>&1 make test", .deny),
        ("make test ${x}2>y", .ask), ("make test; ((#)); evil", .deny),
        ("'x=/evil' make test", .ask),
        ("'if' make test", .ask), ("PATH=/evil make test", .ask), ("PATH=/evil; make test", .ask),
        ("x=\u{301} git push", .deny), ("a+=x git push", .deny),
        ("if true; then function f { git push; }; f; fi", .deny), ("{ coproc git push; }", .deny),
        ("find . -exec sh -c true \\; -exec sh -c 'git push' \\;", .deny),
        ("bash -eo pipefail -c 'git push'", .deny), ("bash --rcfile f -c 'git push'", .deny),
        ("bash -c +e 'git push'", .deny), ("env -S'git push'", .deny),
        ("trap -- 'git push'", .deny),
        ("su -c'git push'", .deny), ("env --split-string='git push'", .deny),
    ])
    func `a script is allowed if all of it surely is, and denied if any of it may be`(
        script: String, verdict: Verdict
    ) throws {
        let decision = try #require(
            Loader().decide(Self.policy, Request(tool: "bash", command: .script(script))))
        #expect(decision.verdict == verdict, "\(script): \(decision.reason)")
    }

    @Test(arguments: [["sh"], ["xargs", "sh", "-c"], ["git", "push"], ["/bin/git", "push"]])
    func `words that run what is not among them count as anything`(words: [String]) throws {
        let decision = try #require(
            Loader().decide(Self.policy, Request(command: .words(words))))
        #expect(decision.verdict == .deny)
    }

    @Test func `a line of many words is looked at in no more than its length`() throws {
        let line = "env " + String(repeating: "aq ", count: 20_000)
        let decision = try #require(
            Loader().decide(Self.policy, Request(tool: "bash", command: .script(line))))
        #expect(decision.verdict == .deny)
    }

    @Test func `a script that is too long to be looked into counts as anything`() throws {
        let long = "make " + String(repeating: "a", count: 70_000)
        let decision = try #require(
            Loader().decide(Self.policy, Request(tool: "bash", command: .script(long))))
        #expect(decision.verdict == .deny)
        #expect(decision.ground == .notSure)
    }
}
