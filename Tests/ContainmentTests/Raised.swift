import PiSandbox
import PiSystem

/// Who runs the tests, and what this host has.
struct TestHost: Sendable {
    let isRoot: Bool
    let landlock: Int?
    let cgroups: CgroupHost?

    static let here = TestHost()

    private init() {
        isRoot = UserID.current == .root
        // A kernel without it has no version.
        landlock = try? ThisProcess.landlockVersion()
        cgroups =
            switch CgroupHost.find() {
            case .success(let host): host
            case .failure: nil
            }
    }
}

/// The walls that are up in one attempt, by the names of the table.
///
/// Beside those of `Wall` there are some that the caller raises: `environment`, `cgroup-limits`, `output`
/// and `wall-time`; and `launcher`, what is there in every case.
struct Raised: Hashable, Sendable, CustomStringConvertible {
    let names: Set<String>
    /// A view of its own that shows all of the host: `proc` and `dev` stand in nothing less.
    let isOpenToView: Bool
    /// Whether the call is one of many, for which the launcher makes a place beside others, and not the only one.
    let isOneOfMany: Bool

    init(_ names: Set<String>, isOpenToView: Bool = false, isOneOfMany: Bool = false) {
        self.names = names
        self.isOpenToView = isOpenToView
        self.isOneOfMany = isOneOfMany
    }

    /// The same in the launcher's other way of making them.
    var ofMany: Raised { Raised(names, isOpenToView: isOpenToView, isOneOfMany: true) }

    static let none = Raised([])

    static var all: Raised {
        Raised(
            Set(Wall.allCases.map(\.rawValue))
                .union(["environment", "cgroup-limits", "output", "wall-time"]))
    }

    var description: String {
        let list = names.sorted().joined(separator: "+")
        let walls = isOpenToView ? "\(list) in a view of all" : list.isEmpty ? "no wall" : list
        return isOneOfMany ? "\(walls), as one of many calls," : walls
    }

    func contains(_ name: String) -> Bool { names.contains(name) }

    var walls: Set<Wall> { Set(names.compactMap(Wall.init(rawValue:))) }

    /// With what they can't do without.
    func standing(on host: TestHost, for act: Act) -> Raised {
        var names = names
        // Else the launcher's watch counts what all of the host uses.
        if act.placeholders.contains("cpu"), names == ["rlimits"] {
            names.formUnion(["pid", "proc"])
        }
        let isOpenToView =
            !names.contains("view") && !names.isDisjoint(with: ["proc", "dev"])
        if isOpenToView { names.insert("view") }
        // Only who owns the PID namespace that it shows may mount a /proc.
        if !host.isRoot, names.contains("proc") { names.insert("pid") }
        // Without a user namespace around it an ordinary user may make no other, and lock nothing.
        let inside: Set<String> = [
            "view", "pid", "net", "ipc", "uts", "cgroup", "proc", "dev", "capabilities",
        ]
        if !host.isRoot, !names.isDisjoint(with: inside) { names.insert("user") }
        return Raised(names, isOpenToView: isOpenToView)
    }

    /// What `standing` adds: the act has to succeed with that, too.
    func added(on host: TestHost, for act: Act) -> Raised? {
        let all = standing(on: host, for: act)
        let more = all.names.subtracting(names)
        return more.isEmpty ? nil : Raised(more, isOpenToView: all.isOpenToView)
    }
}
