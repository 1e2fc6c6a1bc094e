import PiJSON
import PiSystem

/// The other peer of `exec`: a container that shows and allows what bwrap's sandbox does.
struct ContainerBundle {
    private let path: FilePath

    /// Its root has nothing but places for what is mounted.
    init(in folder: FilePath) throws {
        path = try folder.makeFolder("bundle")
        let root = try path.makeFolder("rootfs")
        for name: FilePath in ["proc", "dev", "usr", "tmp", "etc"] { _ = try root.makeFolder(name) }
        let opened = try Folder.open(root, resolving: .noLinks)
        for (name, target): (FilePath, FilePath) in [
            ("bin", "usr/bin"), ("lib", "usr/lib"), ("lib64", "usr/lib64"),
        ] {
            try opened.makeLink(name, to: target)
        }
        let text = JSONWriter.write(Self.configuration, layout: .indented)
        try path.write(String(decoding: text, as: UTF8.self), to: "config.json")
    }

    func peer() throws -> PeerProgram {
        guard UserID.current == .root else {
            return .absent(reason: "for ordinary users its bundle would have to be another")
        }
        return try PeerProgram.tried(
            Command(
                [
                    "/usr/bin/crun", "run", "--bundle", path.raw,
                    RawText("bench-\(ThisProcess.pid)")!,
                ]
            ))
    }

    private static let configuration: JSONValue = [
        "ociVersion": "1.0.0",
        "process": [
            "terminal": false, "user": ["uid": 0, "gid": 0], "args": ["true"],
            "env": ["PATH=/usr/bin:/bin"], "cwd": "/", "capabilities": [:],
            "noNewPrivileges": true,
        ],
        "root": ["path": "rootfs", "readonly": true],
        "hostname": "sandbox",
        "mounts": [
            ["destination": "/proc", "type": "proc", "source": "proc"],
            [
                "destination": "/dev", "type": "tmpfs", "source": "tmpfs",
                "options": ["nosuid", "mode=755"],
            ],
            [
                "destination": "/dev/pts", "type": "devpts", "source": "devpts",
                "options": ["newinstance", "ptmxmode=0666"],
            ],
            [
                "destination": "/usr", "type": "bind", "source": "/usr",
                "options": ["rbind", "ro"],
            ],
            [
                "destination": "/tmp", "type": "tmpfs", "source": "tmpfs",
                "options": ["nosuid", "nodev"],
            ],
        ],
        "linux": [
            "uidMappings": [["containerID": 0, "hostID": 1_200_000, "size": 1]],
            "gidMappings": [["containerID": 0, "hostID": 1_200_000, "size": 1]],
            "namespaces": .array(
                ["pid", "network", "ipc", "uts", "mount", "user"].map { ["type": .string($0)] }),
        ],
    ]
}
