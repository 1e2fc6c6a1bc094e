import PiSandbox

/// How a run is made to fit this host, where it does not as it is.
struct Fitting: Sendable {
    /// Of files that are only read, no owner has to be kept: others see what is open to others.
    private(set) var mapsIDs = true
    /// Why no layer can be laid over the workspace: it is laid over a copy, if the policy lets it.
    private(set) var refusal: LaunchError?
    /// What goes on has its files, and there is nothing to copy.
    private let goesOn: Bool

    init(goesOn: Bool = false) {
        self.goesOn = goesOn
    }

    /// Until it fits, or nothing is left to try.
    static func trying<Result>(
        goesOn: Bool = false, _ start: (Fitting) throws -> Result
    ) throws -> Result {
        var fitting = Fitting(goesOn: goesOn)
        while true {
            do {
                return try start(fitting)
            } catch let error as LaunchError {
                guard let other = fitting.adapted(to: error) else { throw error }
                fitting = other
            }
        }
    }

    /// What is tried after a start that has failed; nil if there is nothing.
    func adapted(to error: any Error) -> Fitting? {
        guard let error = error as? LaunchError, refusal == nil else { return nil }
        var other = self
        switch error.step {
        case .idMappedMount where mapsIDs: other.mapsIDs = false
        // Of files that are written, owners have to be kept; of a copy they can be.
        case .idMappedMount, .overlay:
            guard !goesOn else { return nil }
            (other.mapsIDs, other.refusal) = (true, error)
        default: return nil
        }
        return other
    }
}
