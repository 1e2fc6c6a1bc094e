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
                say("    \(figure.what); peer: \(figure.peer)\(absence(of: result.peer))")
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
        var peer = ("not here", "")
        if case .measured(let samples) = result.peer { peer = cells(samples, figure.unit) }
        let ours = cells(result.ours, figure.unit)
        return row(
            figure.name, ours.0, ours.1, peer.0, peer.1,
            result.times.map { "\(shortened($0))×" } ?? "", figure.goal.text(in: figure.unit),
            figure.goal.holds(result).map { $0 ? "holds" : "MISSED" } ?? "")
    }

    private static func cells(_ samples: Samples, _ unit: Figure.Unit) -> (String, String) {
        (unit.text(samples.median), "±\(percent(samples.spread))")
    }

    private static func absence(of peer: Figure.Peer) -> String {
        guard case .absent(let reason) = peer else { return "" }
        return ", which can't run here: \(reason)"
    }

    private static func percent(_ part: Double) -> String { "\(Int((part * 100).rounded())) %" }

    private static func row(_ cells: String...) -> String {
        let widths = [18, 10, 7, 10, 7, 11, 16, 0]
        return zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }.joined()
    }
}
