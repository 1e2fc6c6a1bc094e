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
    ])
    func `a script is allowed if all of it surely is, and denied if any of it may be`(
        script: String, verdict: Verdict
    ) throws {
        let decision = try #require(
            Loader().decide(Self.policy, Request(tool: "bash", command: .script(script))))
        #expect(decision.verdict == verdict, "\(script): \(decision.reason)")
    }

    @Test func `a script that is too long to be looked into counts as anything`() throws {
        let long = "make " + String(repeating: "a", count: 70_000)
        let decision = try #require(
            Loader().decide(Self.policy, Request(tool: "bash", command: .script(long))))
        #expect(decision.verdict == .deny)
        #expect(decision.ground == .notSure)
    }
}
