/// The members of an object being read, each name once, in linear time however many there are.
struct MemberList {
    private(set) var members: [JSONObject.Member] = []
    /// Made once comparing with each member costs more than hashing.
    private var places: [ExactText: Int] = [:]
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
            if members.count > Self.smallEnough { places[ExactText(name)] = members.count - 1 }
        }
        return known == nil
    }

    private func place(of name: String) -> Int? {
        members.count < Self.smallEnough
            ? members.firstIndex { $0.name.isExactly(name) }
            : places[ExactText(name)]
    }

    private mutating func indexAll() {
        for (place, member) in members.enumerated() { places[ExactText(member.name)] = place }
    }
}
