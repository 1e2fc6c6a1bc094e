import PiSystem

extension Program {
    /// The same program run by somebody without rights: a made-up user for root, oneself otherwise.
    package var asOrdinaryUser: Program {
        guard UserID.current == .root else { return self }
        var wrapped = self
        wrapped.program = "/usr/bin/setpriv"
        wrapped.arguments =
            [
                // Numbers that no account of the host has.
                "--reuid=64321", "--regid=64321", "--clear-groups", "--inh-caps=-all", "--",
                program.raw,
            ] + arguments
        return wrapped
    }
}
