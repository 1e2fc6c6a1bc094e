import PiJSON

/// Patterns of paths, followed name by name: for whoever walks a tree and asks at each step.
package struct PathPatterns: Sendable {
    /// Where in which patterns a walk stands.
    package struct State: Hashable, Sendable {
        fileprivate var places: Set<Place>

        /// No pattern can match this or anything below.
        package var isDead: Bool { places.isEmpty }
    }

    fileprivate struct Place: Hashable, Sendable {
        let pattern: Int
        let segment: Int
    }

    private let patterns: [[PatternTrie.Segment]]

    package init(_ texts: [String], in surroundings: Surroundings) {
        patterns = texts.map(surroundings.pattern)
    }

    /// At the root of the file system.
    package var start: State {
        settled(Set(patterns.indices.map { Place(pattern: $0, segment: 0) }))
    }

    /// One name further down.
    package func state(after state: State, _ name: String) -> State {
        var next: Set<Place> = []
        for place in state.places where place.segment < patterns[place.pattern].count {
            switch patterns[place.pattern][place.segment] {
            case .literal(let text): if text.isExactly(name) { next.insert(place.next) }
            case .glob(let glob): if glob.matches(Array(name.utf8)) { next.insert(place.next) }
            case .anyOne: next.insert(place.next)
            case .anyMany: next.insert(place)
            }
        }
        return settled(next)
    }

    /// What it is about at a place.
    func segments(at state: State) -> [PatternTrie.Segment] {
        state.places.compactMap { place in
            let pattern = patterns[place.pattern]
            return place.segment < pattern.count ? pattern[place.segment] : nil
        }
    }

    /// One name further down, which is none that a pattern spells or describes.
    func state(afterAnyOther state: State) -> State {
        var next: Set<Place> = []
        for place in state.places where place.segment < patterns[place.pattern].count {
            switch patterns[place.pattern][place.segment] {
            case .literal, .glob: break
            case .anyOne: next.insert(place.next)
            case .anyMany: next.insert(place)
            }
        }
        return settled(next)
    }

    package func state(at path: String) -> State {
        Surroundings.split(path).reduce(start) { state(after: $0, $1) }
    }

    /// Whether a pattern ends here, and so holds for this and all below.
    package func matches(_ state: State) -> Bool {
        state.places.contains { $0.segment == patterns[$0.pattern].count }
    }

    /// Whether a pattern spells out what comes next, having spelled this out: a link here could stand for the folder that
    /// it means.
    package func isAwaited(below state: State) -> Bool {
        func isAnyMany(_ place: Place, _ offset: Int) -> Bool {
            let pattern = patterns[place.pattern]
            guard pattern.indices.contains(place.segment + offset) else { return true }
            if case .anyMany = pattern[place.segment + offset] { return true }
            return false
        }
        return state.places.contains { !isAnyMany($0, 0) && !isAnyMany($0, -1) }
    }

    /// The only names that can still lead anywhere; nil if that is any name.
    package func names(after state: State) -> Set<String>? {
        var names: Set<String> = []
        for place in state.places where place.segment < patterns[place.pattern].count {
            guard case .literal(let text) = patterns[place.pattern][place.segment] else {
                return nil
            }
            names.insert(text)
        }
        return names
    }

    /// Any number of segments can be none: what stands behind them is reached, too.
    private func settled(_ places: Set<Place>) -> State {
        var all = places
        var new = Array(places)
        while let place = new.popLast() {
            guard place.segment < patterns[place.pattern].count,
                case .anyMany = patterns[place.pattern][place.segment]
            else { continue }
            if all.insert(place.next).inserted { new.append(place.next) }
        }
        return State(places: all)
    }
}

extension PathPatterns.Place {
    fileprivate var next: Self { Self(pattern: pattern, segment: segment + 1) }
}
