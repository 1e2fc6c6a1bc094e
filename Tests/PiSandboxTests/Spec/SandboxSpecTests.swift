import CSandbox
import PiJSON
import PiSandbox
import PiSystem
import Testing

@Suite struct SandboxSpecTests {
    private static var spec: SandboxSpec {
        var spec = SandboxSpec(
            identity: .init(user: 1000, group: 100, hostUser: 70_000, hostGroup: 70_001),
            hostName: "sandbox")
        spec.trees = [
            .init(path: "/usr", source: "/usr", access: .readOnly),
            .init(path: "/project", source: "/tmp", access: .readWrite, isIDMapped: true),
        ]
        spec.files = [.init(path: "/etc/passwd", content: "agent:x:1000\n")]
        spec.links = [.init(path: "/bin", target: "usr/bin")]
        spec.folders = ["/data/empty"]
        spec.protected = ["/project/.git/hooks"]
        spec.hidden = ["/project/.env"]
        spec.scratch = [.init(path: "/scratch", size: 4096)]
        spec.ports = [443, 80]
        spec.temporary = .init(size: 1 << 20, places: ["/tmp", "/dev/shm"])
        return spec
    }

    @Test func `a spec is the same after a way through JSON`() throws {
        #expect(SandboxSpec(Self.spec.json) == Self.spec)
        var bare = SandboxSpec(identity: Self.spec.identity, hostName: "")
        bare.temporary = nil
        #expect(SandboxSpec(bare.json) == bare)
    }

    @Test func `a part that is missing or of another kind makes no spec`() throws {
        let whole = try #require(Self.spec.json.object)
        for name in whole.names {
            var cut = whole
            cut[name] = nil
            #expect(SandboxSpec(.object(cut)) == nil, "without \(name)")
            var other = whole
            other[name] = ["x", 1]
            #expect(SandboxSpec(.object(other)) == nil, "with another \(name)")
        }
        #expect(SandboxSpec(["trees": 1]) == nil)
    }

    @Test func `a plan makes parents first, and covers last`() throws {
        let plan = try LaunchPlan(for: Self.spec, isPrivileged: false, landlock: nil)
        let lines = plan.lines.map { "\($0.verb) \($0.object)" }
        func place(_ words: String) throws -> Int {
            try #require(lines.firstIndex { $0.hasPrefix(words) }, "\(words) in \(lines)")
        }
        #expect(try place("folder /data") < place("folder /data/empty"))
        #expect(try place("folder /etc") < place("own file /etc/passwd"))
        #expect(try place("read-write /project") < place("held in place /project/.git"))
        #expect(try place("held in place /project/.git") < place("protected /project/.git/hooks"))
        #expect(try place("protected /project/.git/hooks") < place("hidden /project/.env"))
        #expect(!lines.contains { $0.hasPrefix("folder /project") })
    }

    @Test func `what is not on the host can't be planned`() {
        var spec = Self.spec
        spec.trees.append(.init(path: "/x", source: "/no/such/file", access: .readOnly))
        #expect(throws: SystemError.self) {
            _ = try LaunchPlan(for: spec, isPrivileged: false, landlock: nil)
        }
    }

    @Test func `a step has the launcher's number, and words`() {
        let numbers: [(LaunchError.Step, pi_step)] = [
            (.none, PI_STEP_NONE), (.idMap, PI_STEP_ID_MAP), (.network, PI_STEP_NETWORK),
            (.source, PI_STEP_SOURCE), (.idMappedMount, PI_STEP_ID_MAPPED_MOUNT),
            (.pivot, PI_STEP_PIVOT), (.cgroup, PI_STEP_CGROUP), (.procMask, PI_STEP_PROC_MASK),
            (.capabilities, PI_STEP_CAPABILITIES), (.filter, PI_STEP_FILTER),
            (.workingFolder, PI_STEP_WORKING_FOLDER), (.exec, PI_STEP_EXEC),
        ]
        for (step, number) in numbers { #expect(step.rawValue == number.rawValue) }
        #expect(LaunchError.Step.allCases.count == Int(PI_STEP_GATE.rawValue) + 1)
        #expect(LaunchError.Step.allCases.allSatisfy { !$0.phrase.isEmpty })
    }
}
