public import PiJSON

extension SandboxSpec {
    /// For records, and to be read back.
    public var json: JSONValue {
        func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
        func number(_ number: some BinaryInteger) -> JSONValue { .number(JSONNumber(Int(number))) }
        return [
            "identity": [
                "user": number(identity.user), "group": number(identity.group),
                "host_user": number(identity.hostUser), "host_group": number(identity.hostGroup),
            ],
            "host_name": .string(hostName),
            "trees": .array(
                trees.map {
                    [
                        "path": .string($0.path), "source": .string($0.source),
                        "access": .string($0.access.rawValue), "id_mapped": .bool($0.isIDMapped),
                        "layers": $0.layers.map {
                            [
                                "writable": .string($0.writable), "sealed": texts($0.sealed),
                                "memory": $0.memory.map {
                                    [
                                        "size": number($0.size),
                                        "names": $0.names.map(number) ?? .null,
                                    ]
                                } ?? .null,
                            ]
                        } ?? .null,
                    ]
                }),
            "files": .array(
                files.map { ["path": .string($0.path), "content": .string($0.content)] }),
            "links": .array(
                links.map { ["path": .string($0.path), "target": .string($0.target)] }),
            "folders": texts(folders), "protected": texts(protected), "hidden": texts(hidden),
            "scratch": .array(
                scratch.map { ["path": .string($0.path), "size": number($0.size)] }),
            "temporary": temporary.map {
                ["size": number($0.size), "places": texts($0.places)]
            } ?? .null,
            "ports": .array(ports.map { number($0) }),
        ]
    }

    /// Nil if it is no such value.
    public init?(_ json: JSONValue) {
        func text(_ value: JSONValue?) -> String? {
            value?.string.flatMap { $0.utf8.contains(0) ? nil : $0 }
        }
        func path(_ value: JSONValue?) -> String? {
            text(value).flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        func id(_ value: JSONValue?) -> UInt32? {
            value?.number?.int.flatMap { UInt32(exactly: $0) }
        }
        func list<Element>(_ name: String, _ read: (JSONValue) -> Element?) -> [Element]? {
            guard let array = json[name]?.array else { return nil }
            let read = array.compactMap(read)
            return read.count == array.count ? read : nil
        }
        guard let identity = json["identity"], let user = id(identity["user"]),
            let group = id(identity["group"]), let hostUser = id(identity["host_user"]),
            let hostGroup = id(identity["host_group"]), let hostName = text(json["host_name"]),
            let trees = list(
                "trees",
                { value -> Tree? in
                    guard let inside = path(value["path"]), let source = path(value["source"]),
                        let access = value["access"]?.string.flatMap(Access.init(rawValue:)),
                        let isIDMapped = value["id_mapped"]?.bool
                    else { return nil }
                    guard let layers = value["layers"], layers != .null else {
                        return Tree(
                            path: inside, source: source, access: access, isIDMapped: isIDMapped)
                    }
                    guard let writable = path(layers["writable"]),
                        let array = layers["sealed"]?.array
                    else { return nil }
                    let sealed = array.compactMap { path($0) }
                    guard sealed.count == array.count else { return nil }
                    var memory: Layers.Room?
                    if let room = layers["memory"], room != .null {
                        guard let size = room["size"]?.number?.int, size > 0 else { return nil }
                        let names = room["names"]?.number?.int
                        guard names != nil || room["names"] == .null else { return nil }
                        memory = Layers.Room(size: size, names: names)
                    }
                    return Tree(
                        path: inside, source: source, access: access, isIDMapped: isIDMapped,
                        layers: Layers(writable: writable, sealed: sealed, memory: memory))
                }),
            let files = list(
                "files",
                { value -> TextFile? in
                    guard let path = path(value["path"]), let content = value["content"]?.string
                    else { return nil }
                    return TextFile(path: path, content: content)
                }),
            let links = list(
                "links",
                { value -> Link? in
                    guard let path = path(value["path"]), let target = text(value["target"])
                    else { return nil }
                    return Link(path: path, target: target)
                }),
            let folders = list("folders", { path($0) }),
            let protected = list("protected", { path($0) }),
            let hidden = list("hidden", { path($0) }),
            let scratch = list(
                "scratch",
                { value -> Scratch? in
                    guard let path = path(value["path"]), let size = value["size"]?.number?.int
                    else { return nil }
                    return Scratch(path: path, size: size)
                }),
            let temporary = json["temporary"],
            let ports = list("ports", { $0.number?.int.flatMap { UInt16(exactly: $0) } })
        else { return nil }
        self.init(
            identity: Identity(user: user, group: group, hostUser: hostUser, hostGroup: hostGroup),
            hostName: hostName)
        (self.trees, self.files, self.links) = (trees, files, links)
        (self.folders, self.protected, self.hidden) = (folders, protected, hidden)
        (self.scratch, self.ports) = (scratch, ports)
        guard temporary != .null else { return }
        guard let size = temporary["size"]?.number?.int,
            let places = temporary["places"]?.array?.compactMap({ path($0) })
        else { return nil }
        self.temporary = Temporary(size: size, places: places)
    }
}
