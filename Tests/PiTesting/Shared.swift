/// What can't be copied, held where several closures can reach it; it ends with the last of them.
package final class Shared<Value: ~Copyable & Sendable>: Sendable {
    package let value: Value

    package init(_ value: consuming Value) {
        self.value = value
    }
}
