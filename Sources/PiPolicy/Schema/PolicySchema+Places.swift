import PiJSON

extension PolicySchema {
    /// Every key there is, with its path, the outer ones first.
    package static let all: [(path: String, field: Field)] = keys(of: root, below: "")

    private static func keys(of fields: Fields, below path: String) -> [(
        path: String, field: Field
    )] {
        var keys: [(path: String, field: Field)] = []
        for field in fields.fields {
            let own = path.isEmpty ? field.name : "\(path).\(field.name)"
            keys.append((own, field))
            keys += self.keys(of: field.shape, below: own)
        }
        if let others = fields.others { keys += self.keys(of: others.shape, below: "\(path).*") }
        return keys
    }

    private static func keys(of shape: Shape, below path: String) -> [(path: String, field: Field)]
    {
        switch shape {
        case .flag, .count, .money, .duration, .size, .text, .word: []
        case .list(let element): keys(of: element, below: path)
        case .fields(let fields): keys(of: fields, below: path)
        case .named(_, let element): keys(of: element, below: "\(path).*")
        case .either(let shapes): shapes.flatMap { keys(of: $0, below: path) }
        }
    }
}
