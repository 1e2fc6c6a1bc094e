/// The members of an object in the order of the document.
///
/// A name stands at most once: the reader refuses a second one or keeps the last and says so,
/// and writing through the subscript replaces in place.
public struct JSONObject: Hashable, Sendable {
    public struct Member: Hashable, Sendable {
        public let name: String
        public let value: JSONValue

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }

        public static func == (one: Member, other: Member) -> Bool {
            one.name.isExactly(other.name) && one.value == other.value
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(ExactText(name))
            hasher.combine(value)
        }
    }

    public private(set) var members: [Member]

    /// An object of these members; of two with one name the last counts, in the first one's place.
    public init(_ members: some Sequence<Member> = []) {
        var list = MemberList()
        for member in members { _ = list.append(name: member.name, value: member.value) }
        self.members = list.members
    }

    /// Of a literal, in which no name stands twice but by mistake.
    init(literal members: [Member]) {
        let isUnique = members.indices.allSatisfy { place in
            !members[..<place].contains { $0.name.isExactly(members[place].name) }
        }
        if isUnique { self.init(unique: members) } else { self.init(members) }
    }

    /// The reader has seen to it that no name stands twice.
    init(unique members: [Member]) {
        self.members = members
    }

    public var isEmpty: Bool { members.isEmpty }
    public var names: [String] { members.map(\.name) }

    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.name.isExactly(name) }?.value }
        set {
            let place = members.firstIndex { $0.name.isExactly(name) }
            switch (place, newValue) {
            case (let place?, let value?): members[place] = Member(name: name, value: value)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (let place?, nil): members.remove(at: place)
            case (nil, nil): break
            }
        }
    }
}
