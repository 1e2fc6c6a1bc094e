/// A parser that takes bytes from outside, and what must be true of it for any bytes at all.
public struct FuzzTarget: Sendable {
    public let name: String
    /// Traps if a promise does not hold; that is how a fuzzer hears of it.
    public let run: @Sendable ([UInt8]) -> Void

    /// One line for each parser, beside its own file.
    public static let all = [
        json, lenientJSON, canonicalJSON, safeText, policy, request, chatAnswer, responsesAnswer,
        anthropicAnswer, geminiAnswer, message, modelsFile, partialJSON, schema,
        session, template, glob, edit, toolArguments, frontMatter,
        nameQuestion, clientHello, requestStream, proxyRequest,
    ]

    public static func find(_ name: String) -> FuzzTarget? {
        all.first { $0.name == name }
    }
}
