import PiSystem

/// What was typed, checked against the command's table: every option is known, every operand in place.
struct Arguments: Sendable {
    let command: Command
    private let options: [String: [RawText?]]
    let operands: [RawText]
    /// How many of the operands stood behind `--`.
    let behindDashes: Int

    init(command: Command, options: [String: [RawText?]], operands: [RawText], behindDashes: Int) {
        self.command = command
        self.options = options
        self.operands = operands
        self.behindDashes = behindDashes
    }

    func has(_ option: String) -> Bool { options[option] != nil }

    /// The value of an option; nil if it was not given, or bare.
    func value(of option: String) -> RawText? { values(of: option).last }

    /// Those of an option that may be given more than once.
    func values(of option: String) -> [RawText] { options[option]?.compactMap { $0 } ?? [] }
}
