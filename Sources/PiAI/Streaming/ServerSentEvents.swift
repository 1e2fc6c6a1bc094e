/// One event of a stream.
package struct ServerSentEvent: Hashable, Sendable {
    /// Empty where none was named.
    package var name: String
    package var data: String

    package init(name: String = "", data: String) {
        self.name = name
        self.data = data
    }
}

/// Takes a stream of server-sent events apart, as the standard says and a little laxer.
///
/// Lines end with LF, CRLF or CR; a mark of byte order, comments, `id` and `retry` mean nothing here; an event at the very
/// end counts without the empty line after it. Nothing is kept beyond the limit.
package struct ServerSentEvents: Sendable {
    package struct TooLong: Error, Hashable, Sendable {
        package let limit: Int
    }

    private let limit: Int
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name: [UInt8] = []
    private var lastWasReturn = false
    private var isAtStart = true

    /// `limit` is in bytes, of one line and of one event.
    package init(limit: Int) {
        self.limit = limit
    }

    /// The events that these bytes complete.
    package mutating func read(_ bytes: [UInt8]) throws(TooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var start = 0
        var at = 0
        let span = bytes.span
        while at < span.count {
            let byte = span[at]
            guard byte == 0x0A || byte == 0x0D else {
                at += 1
                continue
            }
            if byte == 0x0A, lastWasReturn, at == start, line.isEmpty {
                // The second half of CRLF.
                lastWasReturn = false
            } else {
                try take(bytes[start..<at])
                lastWasReturn = byte == 0x0D
                try endLine(&events)
            }
            at += 1
            start = at
        }
        if start < at {
            try take(bytes[start..<at])
            lastWasReturn = false
        }
        return events
    }

    /// What stands in the last lines, though nothing ends them.
    package mutating func end() throws(TooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        if !line.isEmpty { try endLine(&events) }
        dispatch(&events)
        return events
    }

    private mutating func take(_ piece: ArraySlice<UInt8>) throws(TooLong) {
        guard line.count + piece.count <= limit else { throw TooLong(limit: limit) }
        line.append(contentsOf: piece)
    }

    private mutating func endLine(_ events: inout [ServerSentEvent]) throws(TooLong) {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return dispatch(&events) }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        var value = line[min(colon + 1, line.count)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        let field = line[..<colon]
        if field.elementsEqual("data".utf8) {
            guard data.count + value.count < limit else { throw TooLong(limit: limit) }
            if hasData { data.append(0x0A) }
            data.append(contentsOf: value)
            hasData = true
        } else if field.elementsEqual("event".utf8) {
            name = Array(value.prefix(256))
        }
    }

    private mutating func dispatch(_ events: inout [ServerSentEvent]) {
        defer {
            name.removeAll(keepingCapacity: true)
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        guard hasData else { return }
        events.append(
            ServerSentEvent(
                name: String(decoding: name, as: UTF8.self),
                data: String(decoding: data, as: UTF8.self)))
    }
}
