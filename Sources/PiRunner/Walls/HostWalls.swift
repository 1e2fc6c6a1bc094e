import PiJSON
import PiPolicy
import PiSandbox
import PiSystem

/// What this host has of what a policy requires, as far as it can be known before the start.
struct HostWalls {
    /// Its version; nil if the kernel has none, or none is wanted.
    let landlock: Int?
    let cgroups: CgroupHost?
    let cgroupsMissing: String?
    let warnings: [Diagnostic]

    /// Throws what the policy requires and the host lacks.
    static func look(
        for policy: ResolvedPolicy, found: Result<CgroupHost, CgroupHost.Missing>
    ) throws -> HostWalls {
        let required = policy.value["require"]
        let refuses = required?["on_missing"]?.text != "report"
        var missing: [Diagnostic] = []

        var landlock: Int?
        var reason = ""
        do throws(SystemError) {
            landlock = try ThisProcess.landlockVersion()
        } catch {
            reason = error.errno?.description ?? ""
        }
        let wanted = required?["landlock"]
        if let wanted, wanted.text != "off", (landlock ?? 0) < (wanted.count ?? 1) {
            missing.append(
                Self.diagnostic(
                    landlock.map {
                        "Landlock here has version \($0), and \(wanted.shown) is required"
                    }
                        ?? "this kernel has no Landlock: \(reason)", wanted,
                    help: landlock == nil
                        ? "boot with `lsm=landlock,…` (cat /sys/kernel/security/lsm shows the list)"
                        : "use a newer kernel, or ask for less"))
        }

        var cgroups: CgroupHost?
        var cgroupsMissing: String?
        switch found {
        case .success(let host): cgroups = host
        case .failure(let why): cgroupsMissing = why.reason
        }
        let wantedGroups = required?["cgroup"]
        if wantedGroups?.text == "off" { cgroups = nil }
        if let wantedGroups, wantedGroups.text == "v2", cgroups?.kind != .v2 {
            missing.append(
                Self.diagnostic(
                    "control groups of version 2 are required: "
                        + (cgroupsMissing ?? "this host has version 1"), wantedGroups,
                    help:
                        "systemd-run --user --scope -p Delegate=yes pi-runner …, where systemd has them"
                ))
        }
        guard missing.isEmpty || !refuses else {
            throw Exec.Refused(diagnostics: missing, exit: .unenforceable)
        }
        return HostWalls(
            landlock: wanted?.text == "off" ? nil : landlock, cgroups: cgroups,
            cgroupsMissing: cgroupsMissing,
            warnings: missing.map {
                Diagnostic(
                    code: $0.code, severity: .warning, message: $0.message, at: $0.at,
                    help: $0.help)
            })
    }

    private static func diagnostic(
        _ message: String, _ value: PolicyValue, help: String
    ) -> Diagnostic {
        Diagnostic(
            severity: .error, message: message, at: value.origin.excerpt("required here"),
            help: help)
    }
}
