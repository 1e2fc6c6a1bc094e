import PiSystem

extension Figure {
    /// Every fact of a run is on disk before anything follows from it.
    static let appendRecord = Figure(
        name: "append-record", what: "append 400 bytes and have them on disk",
        peer: "bare write and fdatasync", unit: .nanoseconds, goal: .ratio(1.1),
        measure: { rounds in
            let place = FilePath(RawText("/var/tmp/pi-runner-bench-\(ThisProcess.pid)")!)
            let parent = try Folder.open(place.parent, resolving: .anything)
            try parent.makeFolder(place.name!, mode: 0o700)
            let folder = try parent.folder(place.name!, resolving: .noLinks)
            let record = [UInt8](repeating: UInt8(ascii: "x"), count: 399) + [UInt8(ascii: "\n")]
            var log = try AppendLog("ours", in: folder, mode: 0o600)
            let bare = try folder.file(
                "bare", for: .append, creating: .ifMissing(mode: 0o600), resolving: .noLinks)
            let result = try alternate(
                rounds: 20 * rounds,
                ours: { try log.append(record) },
                peer: {
                    try bare.write(record)
                    try bare.syncData()
                })
            for name: FilePath in ["ours", "bare"] { try folder.remove(name, isFolder: false) }
            try parent.remove(place.name!, isFolder: true)
            return result
        })
}
