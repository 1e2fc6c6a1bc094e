import PiAI
import PiAgent
import Synchronization

/// What happens in a run, as whoever watches is told: the agent may begin several times, the run begins and ends once.
final class RunEvents: Sendable {
    private let tell: @Sendable (AgentEvent) -> Void
    private struct State: Sendable {
        var hasBegun = false
        /// Turns of earlier beginnings.
        var turnsBefore = 0
        var turn = 0
        var end: AgentEnd?
        var lastModel: ModelName?
    }
    private let state = Mutex(State())

    init(_ tell: @escaping @Sendable (AgentEvent) -> Void) {
        self.tell = tell
    }

    func see(_ event: AgentEvent) {
        let told = state.withLock { state -> AgentEvent? in
            switch event {
            case .agentStart:
                defer { state.hasBegun = true }
                state.end = nil
                state.turnsBefore = state.turn
                return state.hasBegun ? nil : event
            case .turnStart(let number):
                state.turn = state.turnsBefore + number
                return .turnStart(number: state.turn)
            case .turnEnd: return .turnEnd(number: state.turn)
            case .agentEnd(let end):
                state.end = end
                return nil
            case .modelChange(let name, _):
                state.lastModel = name
                return event
            default: return event
            }
        }
        if let told { tell(told) }
    }

    /// The one that took over last; nil if none did.
    var lastModel: ModelName? { state.withLock(\.lastModel) }

    /// The agent does not begin again.
    func end() {
        if let end = state.withLock(\.end) { tell(.agentEnd(end)) }
    }
}
