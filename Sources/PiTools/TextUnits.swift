/// A text as what is compared when its bytes do not match.
///
/// Without the spaces at the ends of lines, with one spelling for quotes, dashes and spaces, and what Unicode calls compatible
/// made the same: full-width letters, ligatures, an accent of its own and one that is part of its letter. Each unit knows the bytes
/// that it stands for, so that no others are touched.
struct TextUnits {
    static let largest = 4 << 20

    private var units: [UInt32] = []
    private var starts: [Int32] = []
    private var ends: [Int32] = []
    /// Of the last unit, which are not among the units yet: their order says nothing.
    private var marks: [(order: Int, unit: UInt32)] = []
    private var marksEnd: Int32 = 0

    /// `isWhole`: its end is the end of a line, too.
    init(_ bytes: [UInt8], isWhole: Bool) {
        var decoder = Unicode.UTF8.ForwardParser()
        var input = bytes.makeIterator()
        var at = 0
        reading: while true {
            let start = at
            switch decoder.parseScalar(from: &input) {
            case .valid(let encoded):
                at += encoded.count
                let scalar = Unicode.UTF8.decode(encoded).value
                if scalar == 0x0A { trim() }
                for plain in Spelling.plain(scalar) { append(plain, start..<at) }
                guard units.count + marks.count <= Self.largest else {
                    // Nothing is found in it, as in every text that is too long.
                    (units, starts, ends, marks) = ([], [], [], [])
                    return
                }
            case .error(let length):
                at += length
                // A byte that is no text is like no other.
                append(0xFFFF_0000 | UInt32(bytes[start]), start..<at)
            case .emptyInput: break reading
            }
        }
        if isWhole { trim() } else { placeMarks() }
    }

    private mutating func append(_ unit: UInt32, _ range: Range<Int>) {
        let order = Self.isPlain(unit) ? 0 : LibUnistring.combiningClass(unit)
        guard order == 0 || units.last ?? 0x0A == 0x0A else {
            marks.append((order, unit))
            marksEnd = Int32(range.upperBound)
            return
        }
        placeMarks()
        units.append(unit)
        starts.append(Int32(range.lowerBound))
        ends.append(Int32(range.upperBound))
    }

    /// A letter and its marks are one: none of them is found or replaced alone.
    private mutating func placeMarks() {
        guard !marks.isEmpty, let start = starts.last else { return }
        ends[ends.count - 1] = marksEnd
        // Those of one class stay as they stand.
        let sorted = marks.enumerated().sorted {
            ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
        }
        for mark in sorted {
            units.append(mark.element.unit)
            starts.append(start)
            ends.append(marksEnd)
        }
        marks = []
    }

    private mutating func trim() {
        placeMarks()
        while let last = units.last, last == 0x20 || last == 0x09 || last == 0x0D {
            units.removeLast()
            starts.removeLast()
            ends.removeLast()
        }
    }

    /// What nothing is ever part of, or that is no character.
    private static func isPlain(_ unit: UInt32) -> Bool { unit < 0x300 || unit > 0x10_FFFF }

    /// Whether a character begins there: some stand for several units, others are several.
    private func isBorder(_ place: Int) -> Bool {
        guard place > 0, place < units.count else { return true }
        guard starts[place - 1] != starts[place] else { return false }
        return Self.isPlain(units[place - 1]) && Self.isPlain(units[place])
            || !LibUnistring.belongTogether(units[place - 1], units[place])
    }

    /// The bytes here that another text stands for.
    func find(_ other: TextUnits) -> [Range<Int>] {
        Occurrences.of(other.units, in: units, limit: 20) {
            isBorder($0.lowerBound) && isBorder($0.upperBound)
        }.map { range in
            Int(starts[range.lowerBound])..<Int(ends[range.upperBound - 1])
        }
    }
}
