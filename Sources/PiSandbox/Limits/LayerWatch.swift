import PiSystem

/// Looks now and then whether what a run has written takes more than it may.
struct LayerWatch {
    private let limits: CallLimits.Layer
    /// When to look again.
    private(set) var next: BootInstant
    /// Of the folders that nobody writes to any more.
    private var sealed: LayerUse?

    private static let pause = Duration.milliseconds(250)

    init(_ limits: CallLimits.Layer, from start: BootInstant) {
        self.limits = limits
        next = start + Self.pause
    }

    /// The limit that is passed, while a program is writing.
    mutating func look(_ now: BootInstant) -> LimitHit.Name? {
        let hit = passed(isAtRest: false)
        // A large layer takes its time, of which a program's output must not have too much.
        let took = Clock<Boot>.system.now - now
        next = now + max(Self.pause, took * 20)
        return hit
    }

    mutating func lookAtRest() -> LimitHit.Name? { passed(isAtRest: true) }

    private mutating func passed(isAtRest: Bool) -> LimitHit.Name? {
        do {
            let before =
                try sealed ?? use(of: limits.folders.dropLast(), isAtRest: true, after: .init())
            sealed = before
            return hit(try use(of: limits.folders.suffix(1), isAtRest: isAtRest, after: before))
        } catch {
            // What can't be counted is not known to be within the limit.
            return limits.size != nil ? .layerSize : .layerFiles
        }
    }

    private func use(
        of folders: some Sequence<FilePath>, isAtRest: Bool, after before: LayerUse
    ) throws(SystemError) -> LayerUse {
        var sum = before
        for path in folders {
            let folder = try Folder.open(path, resolving: .noLinks)
            let base = sum
            sum = try base + LayerUse.measure(folder, isAtRest: isAtRest) { hit(base + $0) != nil }
        }
        return sum
    }

    private func hit(_ use: LayerUse) -> LimitHit.Name? {
        if let size = limits.size, use.size > size.value { return .layerSize }
        if let files = limits.files, use.files > files.value { return .layerFiles }
        return nil
    }
}
