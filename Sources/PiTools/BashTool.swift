/// `bash`: the one tool that is no part of this program, as the shell is there.
enum BashTool {
    static let tool = Tool(
        name: "bash",
        summary:
            "Run a command in bash, in the workspace. Gives output and exit code; long output is cut to its end and kept whole in a file that is named. Nothing runs on after the call.",
        parameters: [
            .init("command", .text, "", isRequired: true),
            .init("timeout", .count(1...86_400), "seconds"),
        ], run: nil)
}
