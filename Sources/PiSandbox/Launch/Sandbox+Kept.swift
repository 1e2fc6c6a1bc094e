package import PiSystem
import Synchronization

/// What outlasts a sandbox of what was written in its memory.
extension Sandbox {
    /// What has been written to its `scratch`, for a sandbox that takes the place of this one, which has had a call.
    package func kept() throws(Lost) -> [SharedDescriptor] {
        readNews()
        let kept = scratch.withLock { $0 }
        guard kept.count == plan.spec.scratch.count else {
            throw Lost(
                what: "the folder of `files.scratch` can't be taken over into the next sandbox")
        }
        return kept
    }

    /// A layer in memory, while nobody writes to it; nil if it has none.
    package func layerInMemory() throws -> Folder? {
        guard plan.spec.trees.contains(where: { $0.layers?.memory != nil }),
            slots.withLock({ $0.hasHadCalls })
        else { return nil }
        readNews()
        guard let mount = written.withLock({ $0 }) else {
            throw Lost(what: "what was written to the layer in memory can't be kept")
        }
        return try Folder.open(
            "upper", in: mount.borrowed, named: "the layer in memory", resolving: .inHostileTree)
    }

    /// Whether a program that writes there is told that there is no room.
    func isLayerFull() -> (bytes: Bool, names: Bool) {
        readNews()
        return written.withLock { $0?.borrowed.isFull } ?? (false, false)
    }

    package struct Lost: Error, CustomStringConvertible {
        let what: String

        package var description: String {
            "\(what): its descriptor was lost, as where too few files may be open (`ulimit -n`)"
        }
    }
}
