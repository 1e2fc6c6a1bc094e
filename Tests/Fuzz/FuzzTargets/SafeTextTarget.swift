import PiJSON

extension FuzzTarget {
    static let safeText = FuzzTarget(name: "safe-text") { bytes in
        for shape in [SafeText.Shape.line, .block] {
            let shown = SafeText(bytes: bytes, as: shape, limit: 4096).description
            for scalar in shown.unicodeScalars where scalar.isUnseen {
                precondition(
                    shape == .block && (scalar == "\n" || scalar == "\t"), "unseen on a terminal")
            }
            let again = SafeText(shown, as: shape, limit: .max).description
            precondition(again == shown, "made safe twice it is another text")
        }
    }
}
