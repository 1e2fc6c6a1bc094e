import PiJSON

/// What may stand at a place of a policy.
///
/// The one truth from which the reader, the JSON Schema, the reference page and the suggestions are made.
package indirect enum Shape: Sendable {
    case flag
    case count(ClosedRange<Int>)
    /// Dollars with up to six decimals.
    case money
    case duration
    case size
    case text(TextKind)
    case word([String])
    case list(Shape)
    case fields(Fields)
    /// Names that the author chooses, each with a value of the one shape.
    case named(TextKind, Shape)
    /// A word or number in short, or a list or map in full: told apart by their looks.
    case either([Shape])
}

package struct Fields: Sendable {
    package enum Rule: Hashable, Sendable {
        case any
        case exactlyOne
        case atLeastOne
    }

    package let fields: [Field]
    let rule: Rule
    /// The field that a bare word stands for: `bash: allow` is `bash: {decision: allow}`.
    let shorthand: String?
    /// Besides the fields, names that the author chooses: tools, beside `default`.
    let others: (names: TextKind, shape: Shape)?

    init(
        _ fields: [Field], rule: Rule = .any, shorthand: String? = nil,
        others: (names: TextKind, shape: Shape)? = nil
    ) {
        self.fields = fields
        self.rule = rule
        self.shorthand = shorthand
        self.others = others
    }

    package func field(_ name: String) -> Field? {
        fields.first { $0.name.isExactly(name) }
    }
}

/// One key of the language.
package struct Field: Sendable {
    package let name: String
    package let shape: Shape
    /// For the reference page and for messages: one sentence without its full stop.
    package let summary: String
    /// As a policy would write it; nil if leaving it out asks for nothing.
    package let standard: String?
    package let bound: BoundRule
    /// The part of the program that enforces it; nil for what its surroundings say.
    package let part: Part?
    let isRequired: Bool
    /// Whether the values of a list add up along `extends` instead of being replaced.
    let addsUp: Bool
    /// Whether it may change while a run goes on.
    package let isLive: Bool
    /// Values that ask nothing of that part, such as those that refuse.
    let refusing: [String]

    init(
        _ name: String, _ shape: Shape, _ summary: String, standard: String? = nil,
        bound: BoundRule = .none, part: Part? = nil, required: Bool = false, addsUp: Bool = false,
        live: Bool = false, refusing: [String] = []
    ) {
        self.name = name
        self.shape = shape
        self.summary = summary
        self.standard = standard
        self.bound = bound
        self.part = part
        self.isRequired = required
        self.addsUp = addsUp
        self.isLive = live
        self.refusing = refusing
    }
}

/// What a bound does to a value, and with it what "narrower" means.
package enum BoundRule: Hashable, Sendable {
    case none
    /// The smaller number is in force.
    case smaller
    /// The larger number is in force: people who must agree, days that a record is kept.
    case larger
    /// The word that comes first here is in force.
    case earlier
    /// The word that comes later here is in force.
    case later
    /// Both lists are in force.
    case union
    /// What is asked for must be allowed by both.
    case both
    /// It may not stand in the bound that comes with a workspace.
    case operatorsOnly

    /// For the reference page.
    package var phrase: String {
        switch self {
        case .none: "—"
        case .smaller: "the smaller"
        case .larger: "the larger"
        case .earlier: "the earlier word"
        case .later: "the stronger"
        case .union: "both lists"
        case .both: "both must allow"
        case .operatorsOnly: "not in a workspace's own file"
        }
    }
}

/// The parts of the program that enforce keys.
package enum Part: String, CaseIterable, Sendable {
    case policy, sandbox, workspace, gate, interception, agent, budgets, supervisor,
        approvals, audit, outbox
    case reports, schedule
    case mcp = "MCP"

    /// Those that do their work in this version.
    package static let present: Set<Part> = [.policy, .sandbox, .gate, .agent, .budgets]
}
