import PiSystem
import Testing

@Suite struct ErrnoTests {
    @Test func `every errno of this kernel has a name and a sentence`() {
        // Two numbers that no system call returns on Linux are left out: 41 and 58.
        for number in Int32(1)...133 where number != 41 && number != 58 {
            let errno = Errno(rawValue: number)
            #expect(errno.name.hasPrefix("E"), "\(number)")
            #expect(errno.sentence != "an unknown error", "\(number)")
        }
        #expect(Errno(rawValue: 4095).description == "an unknown error (errno 4095)")
    }

    @Test func `advice is a sentence`() {
        for number in Int32(1)...133 {
            guard let advice = Errno(rawValue: number).advice else { continue }
            #expect(advice.last == "." && advice.first?.isUppercase == true, "\(advice)")
        }
    }

    @Test(arguments: [
        (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (1536, "1536 bytes"),
        (3 << 20, "3 MiB"), (2 << 30, "2 GiB"), ((2 << 30) + 1, "2147483649 bytes"),
    ])
    func `sizes are named in the largest unit that divides them`(bytes: Int, text: String) {
        #expect(ByteCount(bytes).description == text)
    }

    @Test(
        arguments: [
            ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("a/b/", "a", "b"),
            ("/", "/", nil),
            ("a/..", "a", nil), (".", ".", nil),
        ] as [(FilePath, FilePath, FilePath?)])
    func `a path has a parent and a name`(path: FilePath, parent: FilePath, name: FilePath?) {
        #expect(path.parent == parent)
        #expect(path.name == name)
    }

    @Test func `users are found by number and by name`() throws {
        let root = try User.find(.root)
        #expect(root.name == "root")
        #expect(try User.find(named: "root") == root)
        #expect(try Group.find(named: "root").id.rawValue == 0)
        let error = #expect(throws: SystemError.self) { try User.find(named: "no such\u{1B}user") }
        #expect(
            error?.sentence
                == "cannot look up user no such\\x1buser: No such file or directory (ENOENT)")
    }
}
