import PiJSON

/// Reads the stream of one protocol.
///
/// An answer is whole only when its protocol has said so; what ends before that was interrupted.
protocol AnswerReader: Sendable {
    mutating func read(
        _ event: ServerSentEvent, into answer: inout AnswerBuilder
    ) throws(ModelError)

    /// The stream has ended by itself.
    mutating func end(_ answer: inout AnswerBuilder) throws(ModelError)
}

extension AnswerReader {
    /// What one event says, or that it says nothing that can be read.
    func json(_ event: ServerSentEvent) throws(ModelError) -> JSONValue {
        do {
            let value = try JSONReader.read(
                event.data, .interchange(sizeLimit: AnswerBuilder.largest)
            ).value
            guard case .object = value else {
                throw ModelError(.wire, "an event of the answer is \(value.kind), not an object")
            }
            return value
        } catch let error as ModelError {
            throw error
        } catch {
            throw ModelError(.wire, "an event of the answer is no JSON: \(error)")
        }
    }

    static var interrupted: ModelError {
        ModelError(.interrupted, "the answer ended before its end")
    }
}
