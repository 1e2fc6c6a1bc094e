import PiPolicy
import PiSandbox
import PiSystem
import Synchronization

/// The sandboxes of an agent's run: one at a time, made beside the model's thinking, and another as soon as a turn has written
/// something, so that each turn has a layer of its own.
final class RunSandboxes: Sendable {
    private let prepared: Exec.Prepared
    private let ground: RunGround
    private let extra: [SandboxSpec.Tree]
    /// The widest of all tools': what a slot is made with.
    private let limits: CallLimits
    /// What is done with the changes of a turn as it ends; nil if they wait for the run's end.
    private let afterTurn: (@Sendable () -> Void)?
    private let state: Mutex<State>

    private struct State: Sendable {
        var sandbox: Beside<Made>?
        var number = 0
        /// A process of one that has ended does not go.
        var hasLeftovers = false
        var hasOutgrown = false
    }

    private struct Made: Sendable {
        let sandbox: Sandbox
    }

    init(
        _ prepared: Exec.Prepared, on ground: RunGround, showing extra: [SandboxSpec.Tree],
        limits: CallLimits, afterTurn: (@Sendable () -> Void)?
    ) {
        self.prepared = prepared
        self.ground = ground
        self.extra = extra
        self.limits = limits
        self.afterTurn = afterTurn
        state = Mutex(State())
    }

    private var isLayered: Bool { prepared.plan.spec.trees.contains { $0.layers != nil } }

    /// Begins to make the first.
    func begin() throws {
        let outgrown = try ground.waiting()?.hasOutgrown ?? false
        state.withLock { $0.hasOutgrown = outgrown }
        let spec = prepared.plan.spec
        try begin(after: nil) { spec }
    }

    /// The one that calls are made in now; waits until it is there.
    private func current() throws -> Sandbox {
        guard let sandbox = state.withLock({ $0.sandbox }) else {
            preconditionFailure("a call comes after the beginning")
        }
        return try sandbox.value().sandbox
    }

    /// Whether nobody has to wait for the sandbox.
    var isMade: Bool { state.withLock { $0.sandbox?.isDone ?? false } }

    func call(_ spec: CallSpec, _ streams: CallStreams) throws -> CallResult {
        let result = try current().call(spec, streams, keeping: 1)
        if result.hasOutgrown {
            state.withLock { $0.hasOutgrown = true }
            _ = try ground.hasOutgrown(result)
        }
        return result
    }

    /// A call has met a limit of what may wait: from then on it waits for a person.
    var hasOutgrown: Bool { state.withLock { $0.hasOutgrown } }

    /// No call runs: if something was written, it is sealed, and the next call finds another layer.
    ///
    /// The number of the layer that was written; nil if nothing was.
    func endTurn() throws -> Int? {
        guard isLayered else { return nil }
        let old = try current()
        let (prepared, ground) = (prepared, ground)
        try ground.keepLayer(of: old)
        guard let written = try ground.layerWritten() else { return nil }
        let afterTurn = hasOutgrown ? nil : afterTurn
        try begin(after: old) {
            afterTurn?()
            return try prepared.specAgain { try ground.nextLayers(over: $0, $1) }
        }
        return written
    }

    private func begin(
        after old: Sandbox?, _ spec: @escaping @Sendable () throws -> SandboxSpec
    ) throws(SystemError) {
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        let next = try Beside<Made>.begin { [self] in
            let kept = try old?.kept() ?? []
            // Nobody writes to a layer that others are put on.
            if try old?.end() == false { state.withLock { $0.hasLeftovers = true } }
            return Made(sandbox: try make(number, spec(), keeping: kept))
        }
        state.withLock { $0.sandbox = next }
    }

    private func make(
        _ number: Int, _ policyWorld: SandboxSpec, keeping kept: [SharedDescriptor]
    ) throws -> Sandbox {
        var spec = policyWorld
        spec.trees += extra
        let isPrivileged = prepared.plan.isPrivileged
        let plan = try LaunchPlan(
            for: spec, isPrivileged: isPrivileged, landlock: prepared.plan.landlock)
        let started = try Sandbox.begin(
            Sandbox.launch(Launcher(Exec.launcherPath())),
            Sandbox.Hello(identity: spec.identity, isPrivileged: isPrivileged, for: .any))
        var limits = limits
        if let layer = limits.layer {
            limits.layer = CallLimits.Layer(
                size: layer.size, files: layer.files, folders: spec.layers?.written ?? [],
                isHeld: layer.isHeld)
        }
        return try Sandbox(
            started, plan, limits: limits,
            cgroups: prepared.cgroups.map {
                RunCgroups(on: $0, name: "\(ground.groupName)-\(number)")
            }, keeping: kept)
    }

    /// Where what is written now lies, for those who watch how much it is.
    func layers() throws -> SandboxSpec.Layers? { try current().plan.spec.layers }

    /// Ends the last; false if a process of it does not go.
    func end() throws -> Bool {
        guard let last = state.withLock({ $0.sandbox }) else { return true }
        let sandbox = try last.value().sandbox
        let isGone = try sandbox.end()
        // Of a turn that was broken off.
        try ground.keepLayer(of: sandbox)
        return isGone && !state.withLock { $0.hasLeftovers }
    }
}
