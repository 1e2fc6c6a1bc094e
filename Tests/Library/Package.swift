// swift-tools-version: 6.2
import PackageDescription

/// Programs of somebody else's that use the libraries: what they can't say is not part of them.
let package = Package(
    name: "box",
    dependencies: [.package(name: "pi-runner", path: "../..")],
    targets: [
        .executableTarget(
            name: "box", dependencies: [.product(name: "PiSandbox", package: "pi-runner")]),
        .executableTarget(
            name: "sums", dependencies: [.product(name: "PiAgent", package: "pi-runner")]),
    ]
)
