/// Deadlines in order of time, then of arrival: an array kept sorted, found by halving.
///
/// There are as many as calls and requests under way, dozens; a heap would be no faster, and could
/// not take one out of its middle.
struct DeadlineQueue {
    struct Item: Comparable {
        let deadline: MonotonicInstant
        let id: UInt64

        static func < (one: Item, other: Item) -> Bool {
            (one.deadline, one.id) < (other.deadline, other.id)
        }
    }

    private var items: [Item] = []

    var next: Item? { items.first }

    mutating func insert(_ id: UInt64, at deadline: MonotonicInstant) {
        let item = Item(deadline: deadline, id: id)
        items.insert(item, at: place(of: item))
    }

    mutating func remove(_ id: UInt64, at deadline: MonotonicInstant) {
        let item = Item(deadline: deadline, id: id)
        let place = place(of: item)
        if place < items.count, items[place] == item { items.remove(at: place) }
    }

    private func place(of item: Item) -> Int {
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle] < item { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
