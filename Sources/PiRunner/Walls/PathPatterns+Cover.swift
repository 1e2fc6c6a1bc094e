import PiPolicy

extension PathPatterns {
    /// Whether they match something of the way down these names: what holds for a folder holds for all that is in it.
    func cover(_ names: some Sequence<String>, from start: State) -> Bool {
        var state = start
        for name in names {
            state = self.state(after: state, name)
            if matches(state) { return true }
        }
        return false
    }
}
