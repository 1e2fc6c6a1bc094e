/// What `pi-runner help P0304` says.
package struct CodePage: Sendable {
    /// Why this is wrong and what it protects from, for a person who has just seen the message.
    ///
    /// One to three sentences, without a line break.
    package let why: String
    /// A policy with the mistake, as short as it can be.
    ///
    /// It is a file called `example.yaml`, which matters where a policy names itself.
    package let wrong: String
    /// The same, mended.
    package let right: String

    /// Codes whose examples are excerpts: a policy alone, in a file alone, can't show the mistake.
    package static let notRunnable: Set<DiagnosticCode> = [
        .notUTF8,  // A text of Swift's is always UTF-8.
        .tooLarge,  // Nobody would read a page of 1 MiB.
        .wider,  // It needs a bound.
        .tooManyFiles,  // It needs nine files above each other, or 33 in all.
        .notInBound,  // It is said of a workspace's own policy only.
        .notEnforced,  // It is said when something is about to start, not when a policy is loaded.
        .nobodyAsked,  // As above.
    ]

    /// Every page; that no code has two is checked here, that each has one by whoever looks it up.
    fileprivate static let all = Dictionary(
        uniqueKeysWithValues: [yaml, schema, meaning, composition, reach].joined()
            .map { ($0.key, $0.value) })
}

extension DiagnosticCode {
    /// What there is to say of it at length.
    package var page: CodePage {
        guard let page = CodePage.all[self] else {
            preconditionFailure("the code \(rawValue) has no page")
        }
        return page
    }
}
