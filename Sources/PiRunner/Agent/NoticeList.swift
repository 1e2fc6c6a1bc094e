import PiJSON
import Synchronization

/// What is found out while a run goes on, to be told when it has ended.
final class NoticeList: Sendable {
    private let list = Mutex<[Diagnostic]>([])

    private static let most = 100

    func add(_ diagnostics: [Diagnostic]) {
        list.withLock { list in
            for diagnostic in diagnostics where list.count < Self.most && !list.contains(diagnostic)
            {
                list.append(diagnostic)
            }
        }
    }

    var all: [Diagnostic] { list.withLock { $0 } }
}

/// A sum that several threads add to.
final class Counter: Sendable {
    private let sum = Mutex(0)

    func add(_ number: Int) { sum.withLock { $0 += number } }
    var count: Int { sum.withLock { $0 } }
}
