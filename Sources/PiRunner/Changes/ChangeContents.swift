import PiSandbox
import PiSystem

/// What is in the files and links of a run's changes, before and after.
struct ChangeContents: ~Copyable {
    private let layer: Folder
    private let below: Folder

    /// Nobody reads the lines of larger ones.
    static let largest = ByteCount.mebibytes(8)

    init(of run: WaitingRun) throws {
        let layer = try run.layer()
        let below = try run.below()
        self.layer = layer
        self.below = below
    }

    /// Of a link where it leads; nil if there is no such thing, or if it is too large to be looked at.
    func before(_ change: Change) throws(SystemError) -> [UInt8]? {
        switch change.before?.kind {
        case .link?: try below.readLink(change.path).bytes
        case .file? where Self.fits(change.before):
            try below.read(change.path, limit: Self.largest, resolving: [.noLinks, .beneath])
        default: nil
        }
    }

    func after(_ change: Change) throws(SystemError) -> [UInt8]? {
        switch change.after?.kind {
        case .link?: try LayerContents.readLink(change.path, in: layer).bytes
        case .file? where Self.fits(change.after):
            try LayerContents.read(change.path, in: layer, limit: Self.largest)
        default: nil
        }
    }

    private static func fits(_ facts: FileFacts?) -> Bool { (facts?.size ?? largest) <= largest }

    /// By which one knows whether a file that nobody can read is the one that was meant; nil for what is no file, or too
    /// large.
    static func digest(_ facts: FileFacts?, _ bytes: [UInt8]?) -> String? {
        facts?.kind == .file ? bytes.map(LibCrypto.sha256) : nil
    }

    func digests(_ change: Change) throws(SystemError) -> (before: String?, after: String?) {
        (
            Self.digest(change.before, try before(change)),
            Self.digest(change.after, try after(change))
        )
    }

    /// As Git tells them apart.
    static func isBinary(_ bytes: [UInt8]) -> Bool { bytes.prefix(8_000).contains(0) }
}
