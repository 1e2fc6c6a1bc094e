import PiSystem

/// Why a host lets us raise no walls, and what changes it: what tells the causes apart is in the kernel's own
/// files, not in the error alone.
package struct HostCause: Hashable, Sendable {
    package let cause: String
    package let remedy: String

    package init(of error: LaunchError) {
        switch (error.step, error.errno) {
        case (.namespaces, .noSpace):
            self.init(
                "user.max_user_namespaces is \(Self.setting("user/max_user_namespaces") ?? "0")",
                "as root: sysctl -w user.max_user_namespaces=10000")
        case (.namespaces, .notPermitted), (.namespaces, .notImplemented):
            if Self.isFiltered {
                self.init(
                    "a filter of system calls around us forbids new namespaces, as in a container",
                    "give the container a seccomp profile that allows clone, unshare and mount for user namespaces (docker: --security-opt seccomp=FILE --security-opt systempaths=unconfined)"
                )
            } else if Self.setting("kernel/unprivileged_userns_clone") == "0" {
                self.init(
                    "kernel.unprivileged_userns_clone is 0",
                    "as root: sysctl -w kernel.unprivileged_userns_clone=1")
            } else if Self.setting("kernel/apparmor_restrict_unprivileged_userns") == "1"
                || Self.isConfinedByAppArmor
            {
                self = Self.apparmor
            } else {
                self.init(
                    "the kernel forbids it, perhaps because this process is in a chroot",
                    "start outside of the chroot")
            }
        case (.idMap, _), (.privateMounts, _), (.root, _), (.network, _), (.pivot, _),
            (.callNamespaces, _):
            if Self.setting("kernel/apparmor_restrict_unprivileged_userns") == "1"
                || Self.isConfinedByAppArmor
            {
                self = Self.apparmor
            } else {
                self.init(
                    "the namespace was made, and what it may do is taken away: by Landlock or another module around us",
                    "start outside of the sandbox or container that does it")
            }
        case (.proc, _):
            self.init(
                "a container around us hides parts of /proc",
                "docker: --security-opt systempaths=unconfined; podman: --security-opt unmask=/proc/*"
            )
        case (.idMappedMount, _):
            self.init(
                "this file system can't translate owners",
                "run as the owner of the workspace instead of root")
        default: self.init(error.sentence, error.advice)
        }
    }

    private init(_ cause: String, _ remedy: String) {
        self.cause = cause
        self.remedy = remedy
    }

    private static let apparmor = HostCause(
        "an AppArmor profile takes the capabilities of new user namespaces away",
        "as root: install the profile that comes with pi-runner ('make install' does: /etc/apparmor.d/pi-runner), then apparmor_parser -r /etc/apparmor.d/pi-runner"
    )

    private static func setting(_ name: String) -> String? {
        // A kernel without the setting does not restrict by it.
        read("/proc/sys", FilePath(name)!)
    }

    private static var isFiltered: Bool {
        read("/proc/self", "status")?.split(separator: "\n")
            .contains { $0.hasPrefix("Seccomp:") && $0.hasSuffix("2") } ?? false
    }

    private static var isConfinedByAppArmor: Bool {
        guard let label = read("/proc/self", "attr/current") else { return false }
        return !label.isEmpty && label != "unconfined"
    }

    private static func read(_ folder: FilePath, _ name: FilePath) -> String? {
        // What can't be read says nothing about the cause.
        let bytes = try? Folder.open(folder, resolving: .anything)
            .read(name, limit: .kibibytes(64), resolving: .anything)
        guard let bytes else { return nil }
        var text = String(decoding: bytes, as: UTF8.self)
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return text
    }
}
