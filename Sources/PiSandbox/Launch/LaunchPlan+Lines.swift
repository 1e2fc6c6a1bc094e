extension LaunchPlan {
    /// One step as a person reads it.
    package struct Line: Hashable, Sendable {
        package let verb: String
        package let object: String
    }

    /// Everything that is put into the new root, in order.
    package var lines: [Line] {
        entries.map { entry in
            switch entry {
            case .folder(let path): Line(verb: "folder", object: path)
            case .file(let path, let content):
                Line(verb: "own file", object: "\(path), \(content.utf8.count) bytes")
            case .link(let path, let target): Line(verb: "link", object: "\(path) to \(target)")
            case .bind(let tree, _, _):
                Line(
                    verb: tree.layers.map {
                        $0.memory == nil ? "below a layer" : "below a layer in memory"
                    } ?? tree.access.rawValue,
                    object: (tree.path == tree.source
                        ? tree.path : "\(tree.path) from \(tree.source)")
                        + (tree.isIDMapped ? ", owners translated" : ""))
            case .scratch(let scratch, _):
                Line(verb: "scratch", object: "\(scratch.path), \(scratch.size) bytes")
            case .holder(let path): Line(verb: "held in place", object: path)
            case .protected(let path): Line(verb: "protected", object: path)
            case .hidden(let path): Line(verb: "hidden", object: path)
            }
        }
            + (spec.temporary?.places ?? []).map {
                Line(verb: "new for each call", object: $0)
            }
    }
}
