import CSystem

/// The size of a terminal, in characters.
package struct TerminalSize: Hashable, Sendable {
    package let rows: UInt16
    package let columns: UInt16

    package init(rows: UInt16, columns: UInt16) {
        self.rows = rows
        self.columns = columns
    }
}

extension StandardStream {
    /// Nil if it is no terminal.
    package var terminalSize: TerminalSize? {
        var rows: UInt16 = 0
        var columns: UInt16 = 0
        guard unsafe pi_terminal_size(rawValue, &rows, &columns) >= 0 else { return nil }
        return TerminalSize(rows: rows, columns: columns)
    }

    /// What was typed and nobody has read yet.
    package func forgetTyped() throws(SystemError) {
        _ = try checked(pi_terminal_forget(rawValue), .read, name)
    }
}

extension Descriptor {
    package borrowing func resizeTerminal(to size: TerminalSize) throws(SystemError) {
        _ = try checked(
            pi_terminal_resize(number, size.rows, size.columns), .write, "the terminal's size")
    }
}

/// A terminal that passes every key on as it is, until this value goes.
package struct RawTerminal: ~Copyable {
    private let stream: StandardStream
    private let saved: [UInt8]

    package init(_ stream: StandardStream) throws(SystemError) {
        var saved = [UInt8](repeating: 0, count: Int(PI_TERMINAL_SETTINGS))
        _ = try checked(
            unsafe pi_terminal_raw(stream.rawValue, &saved), .open, "the terminal")
        self.stream = stream
        self.saved = saved
    }

    deinit {
        // The person's shell sets its terminal anew before it prompts, should this fail.
        _ = unsafe pi_terminal_restore(stream.rawValue, saved)
    }
}
