/// A number with its word, for a person: `1 change waits`, `3 changes wait`.
func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
}
