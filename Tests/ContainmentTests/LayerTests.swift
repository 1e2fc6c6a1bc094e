import PiSandbox
import PiSystem
import PiTesting
import Testing

/// What is written in a folder below layers stays in the topmost of them.
@Suite struct LayerTests {
    @Test func `every kind of change goes into the layer, and the next call sees it`() async throws
    {
        try await World.with { world in
            let layered = try LayeredFolder(in: world)
            let sandbox = try layered.sandbox()
            let change = """
                cd /here || exit 1
                echo more >>a && rm b && echo new >n && chmod 640 src/c && mkdir -p deep/er &&
                ln -s /etc/passwd link && ln n hard && mv src/c moved && rm -r old && mkdir old &&
                touch -d 2001-01-01 src && echo all
                """
            #expect(try sandbox.run(change) == "all\n")
            let look = """
                cd /here; cat a; ls b old/d src/c 2>&1 | grep -c 'No such'; cat n moved
                stat -c '%a %u' moved n; readlink link; find . | wc -l
                """
            #expect(
                try sandbox.run(look)
                    == "one\nmore\n3\nnew\nthree\n640 \(SmallSandbox.owner)\n644 \(SmallSandbox.owner)\n/etc/passwd\n10\n"
            )
            try sandbox.end()
            #expect(try layered.isUntouched())
            // On disk they are the person's own.
            #expect(
                try layered.inFolder("stat -c %u new/upper/* | sort -u")
                    == "\(SmallSandbox.owner)\n")
        }
    }

    @Test func `a layer of before is seen, and is written to no more`() async throws {
        try await World.with { world in
            let layered = try LayeredFolder(in: world)
            // What overlayfs itself leaves of a removed file.
            _ = try layered.inFolder("mknod last/b c 0 0")
            let sandbox = try layered.sandbox(sealed: ["last"])
            #expect(
                try sandbox.run("cd /here; cat a; ls b 2>&1; echo mine >>a; cat a")
                    == "last\nls: cannot access 'b': No such file or directory\nlast\nmine\n")
            try sandbox.end()
            #expect(try layered.inFolder("cat last/a; cat new/upper/a") == "last\nlast\nmine\n")
            #expect(try layered.isUntouched())
        }
    }

    @Test func `calls at the same time write into one layer`() async throws {
        try await World.with { world in
            let layered = try LayeredFolder(in: world)
            let sandbox = try layered.sandbox()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        try await onOwnThread {
                            _ = try sandbox.run(
                                "echo \(number) >/here/n\(number); echo x >>/here/a")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try sandbox.run("cat /here/n?; wc -l </here/a") == "0\n1\n2\n3\n4\n5\n7\n")
            try sandbox.end()
            #expect(try layered.isUntouched())
        }
    }

    @Test func `inside, nothing tells where the layers lie`() async throws {
        try await World.with { world in
            let layered = try LayeredFolder(in: world)
            let sandbox = try layered.sandbox(sealed: ["last"])
            let mounts = try sandbox.run("cat /proc/self/mountinfo")
            #expect(mounts.contains(" /here "))
            #expect(!mounts.contains(layered.path), "\(mounts)")
            try sandbox.end()
        }
    }

    @Test func `a program can neither forge what a layer says, nor make a device`() async throws {
        try await World.with { world in
            let layered = try LayeredFolder(in: world)
            let sandbox = try layered.sandbox()
            #expect(
                try sandbox.run("mknod /here/b2 c 0 0 2>/dev/null || echo refused") == "refused\n")
            let forge = """
                import os; os.setxattr("/here/src", "user.overlay.opaque", b"y"); \
                print(os.getxattr("/here/src", "user.overlay.opaque").decode(), os.listdir("/here/src"))
                """
            #expect(try sandbox.run("python3 -c '\(forge)' 2>&1") == "y ['c']\n")
            try sandbox.end()
            // As the layer of a turn that is over: what was set is not taken for the kernel's own mark.
            _ = try layered.inFolder(
                "mv new/upper forged; mkdir new/upper; chown --reference=new new/upper")
            let next = try layered.sandbox(sealed: ["forged"])
            #expect(try next.run("ls /here/src") == "c\n")
            try next.end()
        }
    }

    @Test func `a layer that can't be written to is no reason to write elsewhere`() async throws {
        try await World.with { world in
            let layered = try LayeredFolder(in: world)
            _ = try layered.inFolder("rmdir new/work")
            #expect(throws: LaunchError(.source, "\(layered.path)/below", .noSuchFile)) {
                let sandbox = try layered.sandbox()
                // The failure before it is the one that is looked for.
                defer { try? sandbox.end() }
                _ = try sandbox.run("echo x >/here/a")
            }
            // Here the kernel says that all is well, and mounts for reading only.
            guard TestHost.here.isRoot else { return }
            _ = try layered.inFolder("mkdir new/work; chown 0:0 new/work")
            #expect {
                let sandbox = try layered.sandbox()
                // The failure before it is the one that is looked for.
                defer { try? sandbox.end() }
                _ = try sandbox.run("echo x >/here/a")
            } throws: { error in
                (error as? LaunchError)?.step == .overlay
            }
            #expect(try layered.isUntouched())
        }
    }
}
