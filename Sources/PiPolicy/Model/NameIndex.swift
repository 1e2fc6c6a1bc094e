import PiJSON

/// The members of a map by their names: a policy may have ten thousand rules, and looking each up in a list of
/// them would take quadratic time.
struct NameIndex: Sendable {
    private let members: [PolicyValue.Member]
    private let places: [ExactText: Int]

    init(_ members: [PolicyValue.Member]) {
        self.members = members
        places = Dictionary(
            members.enumerated().map { (ExactText($0.element.name), $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    func find(_ name: String) -> PolicyValue.Member? { places[ExactText(name)].map { members[$0] } }

    func contains(_ name: String) -> Bool { places[ExactText(name)] != nil }

    var names: [String] { members.map(\.name) }
}
