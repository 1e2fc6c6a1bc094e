import PiSystem

/// Measures the figures and prints a line for each.
enum Bench {
    static func run(_ arguments: [String]) async -> Int32 {
        let rounds = arguments.contains("--short") ? 3 : 25
        let names = arguments.filter { !$0.hasPrefix("--") }
        let figures = Figure.all.filter { names.isEmpty || names.contains($0.name) }
        guard !figures.isEmpty else {
            say("bench: the figures are \(Figure.all.map(\.name).joined(separator: ", "))")
            return 2
        }
        say(host)
        say(row("figure", "ours", "", "peer", "", "peer/ours", "goal", ""))
        for figure in figures {
            do {
                let result = try await figure.measure(rounds)
                say(line(figure, result))
                say("    \(figure.what); peer: \(figure.peer)")
            } catch {
                say("\(figure.name) could not be measured: \(error)")
                return 1
            }
        }
        return 0
    }

    /// Prints at once: a figure can take a while, and the process ends without flushing.
    private static func say(_ line: String) {
        // Whoever stopped reading has seen enough; the figures are not for scripts.
        try? StandardStream.output.write(Array((line + "\n").utf8))
    }

    private static var host: String {
        // A host that does not tell is named as such; the figures are still true.
        let kernel = (try? ThisProcess.kernelRelease()) ?? "unknown"
        let toolchain =
            ThisProcess.toolchain.isEmpty ? "an unknown toolchain" : ThisProcess.toolchain
        return "Linux \(kernel), \(ThisProcess.processors) processors, \(toolchain)"
    }

    private static func line(_ figure: Figure, _ result: Figure.Result) -> String {
        row(
            figure.name,
            figure.unit.text(result.ours.median), "±\(percent(result.ours.spread))",
            figure.unit.text(result.peer.median), "±\(percent(result.peer.spread))",
            "\(shortened(result.peer.median / result.ours.median))×",
            figure.goal.text(in: figure.unit), figure.goal.holds(result) ? "holds" : "MISSED")
    }

    private static func percent(_ part: Double) -> String { "\(Int((part * 100).rounded())) %" }

    private static func row(_ cells: String...) -> String {
        let widths = [15, 10, 7, 10, 7, 11, 16, 0]
        return zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }.joined()
    }
}
