package import PiSystem

/// One question to the stub for names, as a program in the sandbox wrote it (RFC 1035).
package struct NameQuestion: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case address4, address6
        /// Asked for, known to exist or not, and never answered with anything.
        case other(Int)

        init(_ number: Int) {
            self = number == 1 ? .address4 : number == 28 ? .address6 : .other(number)
        }
    }

    package let id: UInt16
    package let kind: Kind
    /// Nil for a name that no host has, such as one with a space in it.
    package let name: HostName?
    /// What was asked, as it was asked: an answer repeats it.
    private let asked: [UInt8]
    private let wantsRecursion: Bool
    /// It said that it takes more than 512 bytes; and is answered that we do, too.
    private let hasExtension: Bool

    package enum Fault: Error, Hashable, Sendable {
        /// There is not even a question to answer to.
        case unreadable
        /// It is a question, of a form that nobody needs: to be answered with this code.
        case refused(id: UInt16, code: UInt8)
    }

    /// No question of an honest program is longer.
    package static let longest = 512

    package init(_ message: [UInt8]) throws(Fault) {
        var reader = ByteReader(message[...])
        guard message.count <= Self.longest, let id = reader.number(bytes: 2),
            let flags = reader.number(bytes: 2), let questions = reader.number(bytes: 2),
            let answers = reader.number(bytes: 2), let authorities = reader.number(bytes: 2),
            let extras = reader.number(bytes: 2), flags & 0x8000 == 0
        else { throw .unreadable }
        self.id = UInt16(id)
        // Standard queries alone; an update or a notice is none.
        guard flags & 0x7800 == 0 else { throw .refused(id: self.id, code: 4) }
        guard questions == 1, answers == 0, authorities == 0, extras <= 2 else {
            throw .refused(id: self.id, code: 1)
        }
        let start = reader.rest
        guard let labels = Self.labels(&reader), let kind = reader.number(bytes: 2),
            let family = reader.number(bytes: 2)
        else { throw .refused(id: self.id, code: 1) }
        // The Internet, or any.
        guard family == 1 || family == 255 else { throw .refused(id: self.id, code: 4) }
        asked = Array(start.prefix(start.count - reader.rest.count))
        name = HostName(labels: labels)
        self.kind = Kind(kind)
        wantsRecursion = flags & 0x0100 != 0
        // The root's name, and the type OPT.
        hasExtension = extras > 0 && reader.rest.starts(with: [0, 0, 41])
    }

    /// Labels as they stand: a question has nothing before it that one could point to.
    private static func labels(_ reader: inout ByteReader) -> [ArraySlice<UInt8>]? {
        var labels: [ArraySlice<UInt8>] = []
        var length = 0
        while let count = reader.byte(), count < 64 {
            guard count > 0 else { return labels }
            guard let label = reader.take(Int(count)) else { return nil }
            length += label.count + 1
            guard length < 255 else { return nil }
            labels.append(label)
        }
        return nil
    }

    // MARK: - Answers

    package enum Answer: Hashable, Sendable {
        case address(IPAddress)
        /// The name exists; there is nothing of that kind.
        case nothing
        case noSuchName
        /// Not now: too many names were asked for already.
        case failure

        fileprivate var code: UInt8 {
            switch self {
            case .address, .nothing: 0
            case .failure: 2
            case .noSuchName: 3
            }
        }
    }

    /// For how long a program may keep it: its call has ended long before, or asks once more.
    private static let seconds: [UInt8] = [0, 0, 0, 60]

    package func answered(_ answer: Answer) -> [UInt8] {
        var bytes = Self.head(id, code: answer.code, wantsRecursion: wantsRecursion)
        bytes[5] = 1
        bytes += asked
        if case .address(let address) = answer {
            bytes[7] = 1
            // The name is that of the question, which begins behind the head.
            bytes += [0xC0, 12, 0, address.isV6 ? 28 : 1, 0, 1] + Self.seconds
            bytes += [0, UInt8(address.bytes.count)] + address.bytes
        }
        if hasExtension {
            bytes[11] = 1
            bytes += [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0]
        }
        return bytes
    }

    /// What there is to say to a message without a question that could be repeated.
    package static func refusal(of id: UInt16, code: UInt8) -> [UInt8] {
        head(id, code: code, wantsRecursion: false)
    }

    private static func head(_ id: UInt16, code: UInt8, wantsRecursion: Bool) -> [UInt8] {
        [
            UInt8(id >> 8), UInt8(id & 0xFF), 0x84 | (wantsRecursion ? 1 : 0), 0x80 | code, 0, 0, 0,
            0, 0, 0, 0, 0,
        ]
    }
}
