import PiPolicy
import PiSandbox
import PiSystem

extension CallLimits {
    /// What the policy says, each with its place in it; with the layer that is written to, if there is one.
    ///
    /// Of a tool, its own limits stand in the place of those for all; no bound's is exceeded.
    init(_ policy: ResolvedPolicy, tool: String? = nil, layer: SandboxSpec.Layers?) {
        func found(_ names: [String]) -> (PolicyValue, String)? {
            policy.limit(names, of: tool).map { names, value in
                let name = names.joined(separator: ".")
                return (
                    value,
                    value.origin.isStandard
                        ? "\(name), by default" : "\(name), \(value.origin.description)"
                )
            }
        }
        func value(_ names: String...) -> (PolicyValue, String) {
            guard let value = found(["limits"] + names) else {
                preconditionFailure("limits.\(names.joined(separator: ".")) has a default")
            }
            return value
        }
        func time(_ names: (PolicyValue, String)) -> Limit<Duration> {
            Limit(.seconds(names.0.seconds ?? 60), origin: names.1)
        }
        func size(_ names: (PolicyValue, String)) -> Limit<ByteCount> {
            Limit(ByteCount(names.0.bytes ?? 0), origin: names.1)
        }
        func count(_ names: (PolicyValue, String)) -> Limit<Int> {
            Limit(names.0.count ?? 0, origin: names.1)
        }
        let layerSize = layer == nil ? nil : found(["workspace", "size"]).map(size)
        let layerFiles = layer == nil ? nil : found(["workspace", "files"]).map(count)
        var fileSize = size(value("file_size"))
        // No single file is larger than all may be: the kernel's word, before anybody looks.
        if let layerSize, layerSize.value < fileSize.value { fileSize = layerSize }
        self.init(
            wall: time(value("wall")), processor: time(value("cpu")),
            memory: size(value("memory")), processes: count(value("processes")),
            openFiles: count(value("open_files")), fileSize: fileSize,
            written: found(["limits", "disk_write"]).map(size),
            outputKept: size(value("output", "keep")), outputHard: size(value("output", "hard")),
            onHard: OnHard(rawValue: value("output", "on_hard").0.text ?? "") ?? .kill,
            layer: layerSize == nil && layerFiles == nil
                ? nil
                : Layer(
                    size: layerSize, files: layerFiles, folders: layer?.written ?? [],
                    isHeld: layer?.memory != nil))
    }
}

extension ResolvedPolicy {
    /// The value in force at a place below `limits`, and where it stands.
    fileprivate func limit(
        _ names: [String], of tool: String?
    ) -> (names: [String], value: PolicyValue)? {
        let common = inForce(names).map { (names, $0) }
        guard let tool, names.first == "limits" else { return common }
        let own = ["tools", tool] + names
        let found =
            policy.value.value(at: own).map { (own, $0) }
            ?? policy.value.value(at: names).map { (names, $0) } ?? common
        let bounded = bounds.flatMap { bound in
            [own, names].compactMap { path in bound.value.value(at: path).map { (path, $0) } }
        }
        // Of equals the first; what is no number is decided by the bounds' own rules.
        return bounded.reduce(found) { narrowest, other in
            guard let narrowest, let least = narrowest.value.quantity,
                let amount = other.1.quantity
            else { return narrowest }
            return amount < least ? other : narrowest
        }
    }
}

extension PolicyValue {
    fileprivate var quantity: Int? { bytes ?? seconds ?? count }
}
