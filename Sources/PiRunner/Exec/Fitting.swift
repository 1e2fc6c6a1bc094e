import PiSandbox

/// How a run is made to fit this host, where it does not as it is.
struct Fitting: Hashable, Sendable {
    /// Of files that are only read, no owner has to be kept: others see what is open to others.
    private(set) var mapsIDs = true
    /// Where no layer can be laid over the workspace, one is laid over a copy, if the policy lets it.
    private(set) var copies = false

    /// Until it fits, or nothing is left to try.
    static func trying<Result>(_ start: (Fitting) throws -> Result) throws -> Result {
        var fitting = Fitting()
        while true {
            do {
                return try start(fitting)
            } catch let error as LaunchError {
                guard let other = fitting.adapted(to: error) else { throw error }
                fitting = other
            }
        }
    }

    /// What to try after a start that has failed; nil if there is nothing.
    private func adapted(to error: LaunchError) -> Fitting? {
        switch error.step {
        case .idMappedMount where mapsIDs && !copies: Fitting(mapsIDs: false)
        // Of files that are written, owners have to be kept; of a copy they can be.
        case .idMappedMount where !copies, .overlay where !copies: Fitting(copies: true)
        default: nil
        }
    }
}
