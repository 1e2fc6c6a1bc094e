/// The keys of `groups.yaml`, which says what `@python` and the like stand for on this host.
package enum GroupSchema {
    package static let root = Fields([
        Field("version", .count(1...1), "the format of the file", part: .policy, required: true),
        Field(
            "groups",
            .named(
                .groupName,
                .fields(
                    Fields([
                        Field(
                            "hosts", .list(.text(.host)), "the names it stands for", part: .policy,
                            required: true),
                        Field("from", .text(.line), "who said so", part: .policy),
                        Field("at", .text(.line), "when", part: .policy),
                    ]))), "by the names that policies use behind an `@`", part: .policy,
            required: true),
    ])
}
