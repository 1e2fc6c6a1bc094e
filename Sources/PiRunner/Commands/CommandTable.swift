/// Every command there is, in the order of the help.
///
/// A new command is a file beside this one and a line here.
enum CommandTable {
    static let commands: [Command] = [
        RunCommand.command,
        ExecCommand.command,
        AskCommand.command,
        DiffCommand.command,
        ApplyCommand.command,
        DiscardCommand.command,
        UndoCommand.command,
        UndoCommand.opposite,
        ListCommand.command,
        ShowCommand.command,
        CollectCommand.command,
        SessionListCommand.command,
        SessionShowCommand.command,
        SessionShowCommand.tree,
        SessionListCommand.search,
        SessionForkCommand.command,
        SessionExportCommand.command,
        SessionForkCommand.importing,
        SessionNameCommand.command,
        SessionNameCommand.label,
        SessionVerifyCommand.command,
        ModelsCommand.command,
        ModelsCommand.show,
        ModelsTestCommand.command,
        ModelsUpdateCommand.command,
        AuthCommands.set,
        AuthCommands.list,
        AuthCommands.check,
        AuthCommands.remove,
        DoctorCommand.command,
        PolicyCheckCommand.command,
        PolicyShowCommand.command,
        PolicyExplainCommand.command,
        PolicyTestCommand.command,
        PolicyDiffCommand.command,
        PolicySchemaCommand.command,
        PolicyNewCommand.command,
        PolicyGroupsCommand.command,
        PolicyGroupsRefreshCommand.command,
        HelpCommand.command,
        CompletionCommand.command,
        VersionCommand.command,
    ]

    static func find(_ name: String) -> Command? {
        commands.first { $0.name == name }
    }

    static var names: [String] { commands.map(\.name) }
}
