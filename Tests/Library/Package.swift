// swift-tools-version: 6.2
import PackageDescription

/// A program of somebody else's that uses the library: what it can't say is not part of the library.
let package = Package(
    name: "box",
    dependencies: [.package(name: "pi-runner", path: "../..")],
    targets: [
        .executableTarget(
            name: "box", dependencies: [.product(name: "PiSandbox", package: "pi-runner")])
    ]
)
