/// A time that passes, of which nothing announces the end: a pause between two attempts, or one in a script.
package enum Pause {
    /// False if somebody no longer waits.
    package static func wait(_ time: Duration) async -> Bool {
        do {
            try await Task.sleep(for: time)
            return true
        } catch {
            return false
        }
    }
}
