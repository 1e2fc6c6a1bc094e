/// The members of an object being read, each name once, in linear time however many there are.
struct MemberList {
    private(set) var members: [JSONObject.Member] = []
    /// Made once comparing with each member costs more than hashing.
    private var places: [ExactName: Int] = [:]
    private static let smallEnough = 12

    var isEmpty: Bool { members.isEmpty }

    /// False if the name stood already; the new value then takes the old one's place.
    mutating func append(name: String, value: JSONValue) -> Bool {
        let member = JSONObject.Member(name: name, value: value)
        let known = place(of: name)
        if let known {
            members[known] = member
        } else {
            members.append(member)
            if members.count == Self.smallEnough { indexAll() }
            if members.count > Self.smallEnough { places[ExactName(name)] = members.count - 1 }
        }
        return known == nil
    }

    private func place(of name: String) -> Int? {
        members.count < Self.smallEnough
            ? members.firstIndex { ExactName.same($0.name, name) }
            : places[ExactName(name)]
    }

    private mutating func indexAll() {
        for (place, member) in members.enumerated() { places[ExactName(member.name)] = place }
    }
}

/// A name compared by its bytes.
///
/// Swift finds `é` and `e` with an accent equal; to JSON, and to whoever reads it after us, they are
/// two names.
struct ExactName: Hashable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func same(_ one: String, _ other: String) -> Bool {
        one == other && one.utf8.elementsEqual(other.utf8)
    }

    static func == (one: ExactName, other: ExactName) -> Bool { same(one.text, other.text) }

    func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}
