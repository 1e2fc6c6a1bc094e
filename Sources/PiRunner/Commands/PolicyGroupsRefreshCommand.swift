import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner policy groups refresh`: asks the package clients which hosts they use.
enum PolicyGroupsRefreshCommand {
    static let command = Command(
        name: "policy groups refresh",
        summary: "ask the package clients which hosts they use",
        about: [
            """
            Asks apt, pip, npm, go and Swift's package manager, as far as they are installed, for the hosts that they are \
            configured to use, and writes `groups.yaml` into your policy folder, or with `--host` into that of the host. \
            Groups of that file whose client was not asked, or has no answer, stay as they are.
            """
        ],
        operands: [],
        options: [
            .init(
                name: "host", short: nil, argument: .none,
                summary: "for everybody on this host: /etc/pi-runner/policies")
        ],
        examples: [.init(line: "pi-runner policy groups refresh", summary: "for yourself")],
        exitCodes: [.policyInvalid],
        result: [
            .init(name: "groups", schema: PolicyArguments.groupsSchema),
            .init(name: "file", schema: ["type": "string"]),
            .init(
                name: "clients",
                schema: [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["group", "answer"],
                        "properties": ["group": ["type": "string"], "answer": ["type": "string"]],
                    ],
                ]),
        ],
        perform: { try outcome($0) })

    private static func outcome(_ arguments: Arguments) throws -> Outcome {
        let store = try PolicyStore.here()
        guard let base = arguments.has("host") ? store.hostFolder : store.userFolder else {
            throw PolicyUnreadable(
                name: "groups.yaml", reason: "there is no home", help: "set HOME")
        }
        let folder = base.appending("policies")
        let path = folder.appending("groups.yaml")
        let known = try GroupFile.read(folder)
        let answers = try PackageClients.ask()
        let file = known.updated(by: answers)
        // Another reader shall understand what we wrote, before it is in force.
        let (groups, diagnostics) = Groups.load([
            SourceText(name: path.description, bytes: Array(file.text.utf8))
        ])
        guard diagnostics.isEmpty else {
            return Outcome(exit: .policyInvalid, text: "", fields: [], diagnostics: diagnostics)
        }
        try GroupFile.write(file.text, to: folder)
        var page = Layout(columns: Console.columns)
        page.line("wrote \(path)")
        page.rows(answers.map { ("@\($0.group)", $0.phrase) })
        return Outcome(
            exit: .ok, text: page.text,
            fields: [
                .init(name: "groups", value: PolicyArguments.json(groups.groups)),
                .init(name: "file", value: .string(path.description)),
                .init(
                    name: "clients",
                    value: .array(
                        answers.map { ["group": .string($0.group), "answer": .string($0.phrase)] })),
            ])
    }
}
