extension PathPatterns {
    /// What a name has to look like for a pattern to be about it: a walk of many names asks this of each, and
    /// follows the patterns only for the few that pass.
    package struct Sieve: Sendable {
        /// Whither every other name leads.
        package let rest: State
        /// By first byte: a bit for each length that a literal has.
        private var lengths: [UInt64]
        private var globs: [Glob] = []

        fileprivate init(rest: State) {
            self.rest = rest
            lengths = [UInt64](repeating: 0, count: 256)
        }

        fileprivate mutating func add(literal text: String) {
            guard let first = text.utf8.first else { return }
            lengths[Int(first)] |= 1 << UInt64(min(text.utf8.count, 63))
        }

        fileprivate mutating func add(_ glob: Glob) { globs.append(glob) }

        /// False for whatever no pattern is about; true for all that one is, and for a few more.
        package func passes(_ name: ArraySlice<UInt8>) -> Bool {
            guard let first = name.first else { return true }
            return lengths[Int(first)] & 1 << UInt64(min(name.count, 63)) != 0
                || globs.contains { $0.mayMatch(name) }
        }
    }

    package func sieve(for state: State) -> Sieve {
        var sieve = Sieve(rest: self.state(afterAnyOther: state))
        for segment in segments(at: state) {
            switch segment {
            case .literal(let text): sieve.add(literal: text)
            case .glob(let glob): sieve.add(glob)
            // Every name: that is in the rest.
            case .anyOne, .anyMany: break
            }
        }
        return sieve
    }
}

extension Glob {
    /// By its ends alone.
    fileprivate func mayMatch(_ name: ArraySlice<UInt8>) -> Bool {
        let (first, last) = ends
        return name.count >= first.count + last.count && Self.has(name, first, at: 0)
            && Self.has(name, last, at: name.count - last.count)
    }

    private static func has(_ name: ArraySlice<UInt8>, _ piece: [UInt8], at place: Int) -> Bool {
        var at = name.startIndex + place
        for byte in piece {
            guard name[at] == byte else { return false }
            at += 1
        }
        return true
    }
}
