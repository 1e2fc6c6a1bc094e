import CSandbox
import PiJSON
package import PiSystem

/// A sandbox or a call that was never started, because one step failed.
package struct LaunchError: Error, Hashable, Sendable {
    /// As in `enum pi_step`.
    package let step: Step
    /// What the step was about, such as a path; safe to show.
    package let object: String?
    package let errno: Errno

    package enum Step: UInt32, Sendable, CaseIterable {
        case none, hello, namespaces, idMap, identity, privateMounts, network, loopback, hostName,
            plan, root
        case source, idMappedMount, overlay, entry, pivot, callNamespaces, cgroup, cgroupNamespace,
            proc
        case procMask, temporary, terminals, capabilities, noNewPrivileges, landlock, filter
        case callPlan, session, terminal, descriptors, limits, workingFolder, exec, gate
    }

    package init(_ step: Step, _ object: String? = nil, _ errno: Errno) {
        self.step = step
        self.object = object.map { SafeText($0, limit: 400).description }
        self.errno = errno
    }

    init(_ report: pi_report, _ plan: LaunchPlan?, _ call: CallSpec?) {
        let step = Step(rawValue: report.step) ?? .none
        let item = Int(report.item)
        let object: String? =
            switch step {
            case .source, .entry, .idMappedMount, .overlay:
                plan.flatMap { $0.entries.indices.contains(item) ? $0.entries[item].shown : nil }
            case .landlock:
                plan.flatMap { $0.rules.indices.contains(item) ? $0.rules[item].path : nil }
            case .exec: call?.arguments[0].description
            case .workingFolder: call?.workingFolder.description
            default: nil
            }
        self.init(step, object, Errno(rawValue: report.error))
    }
}

extension LaunchPlan.Entry {
    fileprivate var shown: String {
        if case .bind(let tree, _, _) = self { tree.source } else { path }
    }
}

extension LaunchError: CustomStringConvertible {
    package var description: String { "\(sentence). \(advice)" }

    package var sentence: String {
        let what = object.map { "\(step.phrase) \($0)" } ?? step.phrase
        return step == .exec && object != nil
            ? "cannot run \(object!): \(reason)" : "cannot \(what): \(reason)"
    }

    private var reason: String {
        if step == .source, errno == .stale { return "it was replaced while the sandbox was made" }
        if step == .exec, errno == .noSuchFile { return "there is no such program in the sandbox" }
        return errno.description
    }

    package var advice: String {
        switch step {
        case .namespaces where errno == .noSpace:
            "This host allows no user namespaces; as root: sysctl -w user.max_user_namespaces=10000"
        case .namespaces where errno == .notPermitted:
            "This host lets you make no user namespaces; 'pi-runner doctor' says which setting forbids it."
        case .namespaces where errno == .wouldBlock:
            "Too many processes of this user are running; end some, or raise 'ulimit -u'."
        case .idMap, .privateMounts, .root:
            "The namespace was made and may do nothing: an AppArmor profile, or a container around us. 'pi-runner doctor' tells which."
        case .source where errno == .tooManyLinks || errno == .stale:
            "Something changed it meanwhile; start again."
        case .idMappedMount:
            "This file system can't translate owners; run as the owner of the files instead of root."
        case .overlay where errno == .noDevice:
            "This kernel has no overlayfs; as root: modprobe overlay."
        case .overlay:
            "Layers need Linux 6.13, a folder for state that lies on no overlay itself, and a workspace in which nothing is mounted."
        case .proc:
            "A container around us hides parts of /proc, and the kernel then makes no new one. 'pi-runner doctor' has the flag."
        case .exec where errno == .noSuchFile && object?.contains(" ") == true:
            "That is one word with a space in it: write the program and its arguments apart."
        case .exec where errno == .noSuchFile:
            "Is it installed, and in the PATH inside? A script needs what its first line names, too. What is elsewhere has to be listed in files.read."
        case .exec where errno == .accessDenied:
            "It is no program, or may not be executed: look at its mode."
        case .limits where errno == .outOfMemory:
            "limits.memory is less than a sandbox takes before a program starts in it; give it a mebibyte at least, and what the program needs."
        case .workingFolder: "The folder has to exist inside, and to be open to you."
        default: errno.advice ?? "Run 'pi-runner doctor' to see what this host allows."
        }
    }
}

extension LaunchError.Step {
    /// The wall that can't be raised when this step fails.
    package var wall: Wall {
        switch self {
        case .none, .hello, .namespaces, .idMap, .identity, .plan, .callNamespaces, .callPlan,
            .exec:
            .user
        case .privateMounts, .root, .source, .idMappedMount, .overlay, .entry, .pivot, .temporary,
            .workingFolder:
            .view
        case .network, .loopback, .gate: .net
        case .hostName: .uts
        case .cgroup, .cgroupNamespace: .cgroup
        case .proc, .procMask: .proc
        case .terminals, .terminal: .dev
        case .capabilities: .capabilities
        case .noNewPrivileges: .noNewPrivileges
        case .landlock: .landlock
        case .filter: .seccomp
        case .session: .session
        case .descriptors: .descriptors
        case .limits: .rlimits
        }
    }

    /// What was tried: it follows "cannot".
    package var phrase: String {
        switch self {
        case .none: "start"
        case .hello: "understand the supervisor"
        case .namespaces: "make the namespaces of the run"
        case .idMap: "map the run's user"
        case .identity: "become the run's user"
        case .privateMounts: "make the mounts private"
        case .network: "make the network of the call"
        case .loopback: "bring the loopback up"
        case .hostName: "set the host name"
        case .plan: "read the plan"
        case .root: "make the new root"
        case .source: "open"
        case .idMappedMount: "translate the owners of"
        case .overlay: "lay a layer over"
        case .entry: "put in place"
        case .pivot: "enter the new root"
        case .callNamespaces: "make the namespaces of the call"
        case .cgroup: "join the cgroup"
        case .cgroupNamespace: "make the cgroup namespace"
        case .proc: "mount /proc"
        case .procMask: "cover what /proc tells of the machine"
        case .temporary: "make the temporary folders"
        case .terminals: "mount /dev/pts"
        case .capabilities: "drop the capabilities"
        case .noNewPrivileges: "forbid new privileges"
        case .landlock: "restrict files by Landlock"
        case .filter: "install the filter of system calls"
        case .callPlan: "read the call's plan"
        case .session: "start a session"
        case .terminal: "open a terminal"
        case .descriptors: "set the descriptors"
        case .limits: "set the limits"
        case .workingFolder: "enter the folder"
        case .exec: "run the program"
        case .gate: "open the gate in the network of the call"
        }
    }
}
