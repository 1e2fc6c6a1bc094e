import PiJSON
import PiPolicy
import PiSystem

/// `pi-runner policy groups`: what `@python` and the like stand for here.
enum PolicyGroupsCommand {
    static let command = Command(
        name: "policy groups",
        summary: "list the groups of hosts that policies can name",
        about: [
            """
            A group such as `@python` stands for the hosts that this host's package clients are configured to use, \
            a company's mirror for instance. Their content is in `groups.yaml` in the policy folder of the person \
            or of the host, is part of a policy's digest, and is refreshed only when somebody asks for it.
            """
        ],
        operands: [],
        options: [],
        examples: [.init(line: "pi-runner policy groups", summary: "what is known")],
        exitCodes: [.policyInvalid],
        result: [.init(name: "groups", schema: PolicyArguments.groupsSchema)],
        perform: { _ in try outcome() })

    private static func outcome() throws -> Outcome {
        let (groups, diagnostics) = Groups.load(try PolicyStore.here().groupFiles())
        let text =
            groups.groups.isEmpty
            ? "there are no groups yet: `pi-runner policy groups refresh` asks this host's package clients\n"
            : PolicyArguments.list(groups.groups)
        return Outcome(
            exit: diagnostics.isEmpty ? .ok : .policyInvalid, text: text,
            fields: [.init(name: "groups", value: PolicyArguments.json(groups.groups))],
            diagnostics: diagnostics)
    }
}
