/// What can't be copied, held where several closures can reach it; it ends with the last of them.
final class Shared<Value: ~Copyable & Sendable>: Sendable {
    let value: Value

    init(_ value: consuming Value) {
        self.value = value
    }
}
