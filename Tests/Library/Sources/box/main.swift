import PiSandbox

// box LAUNCHER HOST-ID: runs three programs in one sandbox, and fails if one of them sees more than it should.
let launcher = CommandLine.arguments[1]
let outside = UInt32(CommandLine.arguments[2]) ?? 0

var identity = SandboxSpec.Identity.ofThisUser
if identity.hostUser == 0 {
    identity = SandboxSpec.Identity(
        user: 1000, group: 1000, hostUser: outside, hostGroup: outside)
}
var world = SandboxSpec(identity: identity, hostName: "box")
world.trees = [.init(path: "/usr", source: "/usr", access: .readOnly)]
world.links = ["bin", "lib", "lib64"].map { .init(path: "/\($0)", target: "usr/\($0)") }
world.folders = ["/etc"]
world.temporary = .init(size: 1 << 20, places: ["/tmp", "/dev/shm"])
precondition(SandboxSpec(world.json) == world, "a world is the same after a way through JSON")

let limits = ProgramCall.Limits(
    wall: .seconds(10), processor: .seconds(5), memory: 256 << 20, processes: 32, openFiles: 64,
    fileSize: 1 << 20, outputKept: 4096, outputHard: 1 << 20)
let sandbox = try ProgramSandbox(world, limits: limits, launcher: launcher)

func run(_ script: String, input: String = "") throws -> (ProgramCall.Result.Ending, String) {
    let call = ProgramCall(
        ["sh", "-c", script], environment: ["PATH": "/usr/bin"], workingFolder: "/tmp",
        input: Array(input.utf8))
    let result = try sandbox.run(call)
    return (result.ending, String(decoding: result.output.head + result.output.tail, as: UTF8.self))
}

let read = try run("cat; hostname; echo x >left; ls /root 2>/dev/null; exit 3", input: "given ")
precondition(read == (.exited(code: 3), "given box\n"), "\(read)")
try sandbox.prepare()
let next = try run("ls; grep -c CapEff:.0000000000000000 /proc/self/status")
precondition(next == (.exited(code: 0), "1\n"), "\(next)")
let long = try run("yes")
precondition(long.0 == .limit("output"), "\(long.0)")
try sandbox.end()
print("three programs ran in a sandbox, and saw what they should")
