import PiJSON
import PiSystem

/// One renaming, or one change of a folder's mode, on the way from the old tree to the new.
///
/// Each can be taken back, and each can be told by looking whether it has been taken: what lies under the name
/// says so, and no record of single steps is needed.
enum ApplyStep: Hashable {
    /// What is new, from the staging folder, to where there is nothing.
    case put(Place, new: Mark)
    /// New for old: the old is in the staging folder then.
    case exchange(Place, old: Mark, new: Mark)
    case remove(Place, old: Mark)
    /// Of a folder.
    case changeMode(FilePath, from: UInt32, to: UInt32)

    struct Place: Hashable {
        /// From the workspace's own folder.
        let path: FilePath
        /// The last part of it.
        var name: FilePath { path.name ?? path }
        /// Its name in the staging folder, for what goes there or comes from there.
        let item: FilePath
    }
}

extension ApplyStep {
    var path: FilePath {
        switch self {
        case .put(let place, _), .exchange(let place, _, _), .remove(let place, _): place.path
        case .changeMode(let path, _, _): path
        }
    }

    /// Where a step brings or takes something; nil if it only changes a mode.
    var movedPath: FilePath? {
        if case .changeMode = self { return nil }
        return path
    }

    /// From the new tree to the old.
    var reversed: ApplyStep {
        switch self {
        case .put(let place, let new): .remove(place, old: new)
        case .exchange(let place, let old, let new): .exchange(place, old: new, new: old)
        case .remove(let place, let old): .put(place, new: old)
        case .changeMode(let path, let from, let to): .changeMode(path, from: to, to: from)
        }
    }
}

// MARK: - As the journal has it

extension ApplyStep {
    var json: JSONValue {
        switch self {
        case .put(let place, let new): ["put": place.json, "new": new.json]
        case .exchange(let place, let old, let new):
            ["exchange": place.json, "old": old.json, "new": new.json]
        case .remove(let place, let old): ["remove": place.json, "old": old.json]
        case .changeMode(let path, let from, let to):
            [
                "mode": path.json, "from": .number(JSONNumber(Int(from))),
                "to": .number(JSONNumber(Int(to))),
            ]
        }
    }

    init?(_ json: JSONValue) {
        let (old, new) = (Mark(json["old"]), Mark(json["new"]))
        if let place = Place(json["put"]), let new {
            self = .put(place, new: new)
        } else if let place = Place(json["exchange"]), let old, let new {
            self = .exchange(place, old: old, new: new)
        } else if let place = Place(json["remove"]), let old {
            self = .remove(place, old: old)
        } else if let path = FilePath(json: json["mode"]),
            let from = json["from"]?.number?.int, let to = json["to"]?.number?.int
        {
            self = .changeMode(
                path, from: UInt32(truncatingIfNeeded: from), to: UInt32(truncatingIfNeeded: to))
        } else {
            return nil
        }
    }
}

extension ApplyStep.Place {
    fileprivate var json: JSONValue { .array([path.json, item.json]) }

    fileprivate init?(_ json: JSONValue?) {
        guard let both = json?.array, both.count == 2, let path = FilePath(json: both[0]),
            let item = FilePath(json: both[1])
        else { return nil }
        self.path = path
        self.item = item
    }
}
