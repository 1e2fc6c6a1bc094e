// swift-tools-version: 6.2
import PackageDescription

/// For every Swift target, without exception.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// For every C target.
let strictC: [CSetting] = [
    .define("_GNU_SOURCE"),
    .treatAllWarnings(as: .error),
    .enableWarning("all"),
    .enableWarning("extra"),
]

#if arch(arm64)
    let musl = "aarch64-linux-musl"
    let gnu = "aarch64-linux-gnu"
#else
    let musl = "x86_64-linux-musl"
    let gnu = "x86_64-linux-gnu"
#endif

/// For what starts in front of every program.
///
/// glibc asks the processor what it is before `main`, which costs a third of a millisecond on a virtual machine;
/// musl does not. The kernel's headers are the host's.
let strictMuslC: [CSetting] =
    strictC + [
        .unsafeFlags([
            "-nostdinc", "-isystem", "/usr/include/\(musl)", "-idirafter", "/usr/include/\(gnu)",
            "-idirafter", "/usr/include", "-ffunction-sections", "-fdata-sections",
        ])
    ]
let muslProgram: [LinkerSetting] = [
    .unsafeFlags([
        "-static-executable", "-nostartfiles", "-use-ld=lld", "-Xclang-linker", "-nostdlib",
        "-Xlinker", "--gc-sections", "/usr/lib/\(musl)/crt1.o", "/usr/lib/\(musl)/libc.a",
    ])
]

/// With all that it needs but the C library: to find symbols at run time costs every start a millisecond.
let standalone: [LinkerSetting] = [
    .unsafeFlags([
        "-static-stdlib", "-use-ld=lld", "-Xclang-linker", "-static-libgcc", "-L",
        "\(Context.packageDirectory)/Sources/CLibraries/static",
    ])
]

/// What the Makefile tells of the build, for `--version`; empty when built by hand.
let buildFacts: [CSetting] = ["PI_COMMIT", "PI_TOOLCHAIN"].map { name in
    .define(name, to: "\"\(Context.environment[name] ?? "")\"")
}

/// One module a C library, linked from its static archive.
func library(_ name: String) -> Target {
    .systemLibrary(name: name, path: "Sources/CLibraries/\(name)")
}

let package = Package(
    name: "pi-runner",
    products: [
        .executable(name: "pi-runner", targets: ["pi-runner"]),
        .executable(name: "pi-launcher", targets: ["pi-launcher"]),
        .executable(name: "pi-tool", targets: ["pi-tool"]),
        // The sandbox alone, for programs that have no policy and no agent.
        .library(name: "PiSandbox", targets: ["PiSandbox", "PiJSON"]),
        // The loop, with tools of one's own.
        .library(name: "PiAgent", targets: ["PiAgent", "PiJSON"]),
    ],
    targets: [
        // Leaves.
        .target(name: "PiJSON", dependencies: ["CPCRE"], swiftSettings: strict),
        .target(name: "CSystem", cSettings: strictC + buildFacts),
        .target(name: "PiSystem", dependencies: ["CSystem", "PiJSON"], swiftSettings: strict),

        // C libraries.
        library("CYaml"), library("CSeccomp"), library("CCap"), library("CCurl"),
        library("CSQLite"), library("CCrypto"), library("CPublicSuffix"),
        library("CUnistring"), library("CPCRE"),

        // The modules of the design; each grows with its first real type.
        .target(
            name: "PiPolicy", dependencies: ["PiJSON", "CYaml", "CPublicSuffix"],
            swiftSettings: strict),
        .target(name: "CSandbox", cSettings: strictC),
        .target(
            name: "PiSandbox",
            dependencies: ["PiJSON", "PiSystem", "CSandbox", "CSeccomp", "CCap"],
            swiftSettings: strict),
        .target(name: "CGate", cSettings: strictC),
        .target(
            name: "PiGate", dependencies: ["PiJSON", "PiSystem", "CGate"], swiftSettings: strict),
        .target(
            name: "PiAI", dependencies: ["PiJSON", "PiSystem", "CCurl"], swiftSettings: strict),
        .target(
            name: "PiAgent", dependencies: ["PiJSON", "PiSystem", "PiAI"], swiftSettings: strict),
        .target(
            name: "PiRunner",
            dependencies: [
                "PiJSON", "PiSystem", "PiPolicy", "PiSandbox", "PiGate", "PiAI", "PiAgent",
                "PiTools", "CSQLite",
                "CCrypto",
            ],
            swiftSettings: strict),

        .target(
            name: "PiTools", dependencies: ["PiJSON", "PiSystem", "CUnistring"],
            swiftSettings: strict),

        // Programs. The standard library is linked in: a copied binary works, and starts faster.
        .executableTarget(
            name: "pi-runner", dependencies: ["PiRunner"], swiftSettings: strict,
            linkerSettings: standalone),
        // In C alone, and static: it is the part that has to be small, fast and readable.
        .executableTarget(
            name: "pi-launcher", dependencies: ["CSandbox"], cSettings: strictMuslC,
            linkerSettings: muslProgram),
        // Runs where there are no libraries to load: everything is in it.
        .executableTarget(
            name: "pi-tool", dependencies: ["PiTools"], swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-static-executable", "-use-ld=lld"])]),

        // Figures.
        .executableTarget(
            name: "bench",
            dependencies: ["PiAI", "PiAgent", "PiJSON", "PiPolicy", "PiSandbox", "PiSystem"],
            path: "bench", exclude: ["stopwatch", "agents", "gate"], swiftSettings: strict),
        .executableTarget(name: "stopwatch", path: "bench/stopwatch", cSettings: strictC),

        // Tests.
        .target(
            name: "PiTesting", dependencies: ["PiSystem", "PiJSON"],
            path: "Tests/PiTesting", swiftSettings: strict),
        .executableTarget(
            name: "exercise", dependencies: ["PiSystem"], path: "Tests/Programs/exercise",
            swiftSettings: strict, linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
        .executableTarget(
            name: "decide", dependencies: ["PiPolicy", "PiJSON", "PiSystem"],
            path: "Tests/Programs/decide", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
        .target(
            name: "Conversations", dependencies: ["PiAI", "PiJSON"], path: "Tests/Conversations",
            swiftSettings: strict),
        .executableTarget(
            name: "converse", dependencies: ["Conversations", "PiAI", "PiJSON", "PiSystem"],
            path: "Tests/Programs/converse", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
        .executableTarget(
            name: "many-calls", dependencies: ["PiSandbox", "PiSystem"],
            path: "Tests/Programs/many-calls", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
        .executableTarget(
            name: "forbidden", path: "Tests/Programs/forbidden", cSettings: strictC,
            linkerSettings: [
                .unsafeFlags([
                    "-static-executable", "-nostartfiles", "-use-ld=lld", "-Xlinker",
                    "--gc-sections",
                ])
            ]),
        .executableTarget(name: "crash-at", path: "Tests/Programs/crash-at", cSettings: strictC),
        .executableTarget(
            name: "get-page", path: "Tests/Programs/get-page", cSettings: strictMuslC,
            linkerSettings: muslProgram),
        .testTarget(
            name: "PiJSONTests", dependencies: ["PiJSON", "PiSystem", "PiTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "PiTestingTests", dependencies: ["PiSystem", "PiTesting"], swiftSettings: strict),
        .testTarget(
            name: "PiSystemTests", dependencies: ["PiSystem", "PiTesting"], swiftSettings: strict),
        .testTarget(
            name: "PiPolicyTests", dependencies: ["PiPolicy", "PiJSON", "PiSystem", "PiTesting"],
            exclude: ["Broken", "Reach"], swiftSettings: strict),
        .testTarget(
            name: "PiSandboxTests",
            dependencies: ["CSandbox", "PiJSON", "PiSandbox", "PiSystem", "PiTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "PiGateTests", dependencies: ["PiGate", "PiSystem", "PiTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "PiAITests",
            dependencies: ["Conversations", "PiAI", "PiJSON", "PiSystem", "PiTesting"],
            exclude: ["Certificates"], swiftSettings: strict),
        .testTarget(
            name: "PiAgentTests",
            dependencies: [
                "Conversations", "PiAgent", "PiAI", "PiJSON", "PiSystem", "PiTesting",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ContainmentTests",
            dependencies: ["PiGate", "PiSandbox", "PiSystem", "PiTesting"],
            exclude: ["acts.txt", "Gate/internet.py", "Gate/knocks.py", "Gate/programs"],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "PiRunner", "PiAgent", "PiAI", "PiPolicy", "PiJSON", "PiSystem", "PiTesting",
            ],
            exclude: ["Golden", "host.py"], swiftSettings: strict),
        .testTarget(
            name: "PiToolsTests", dependencies: ["PiTools", "PiJSON", "PiSystem", "PiTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "SoakTests", dependencies: ["PiSystem", "PiTesting"], swiftSettings: strict),
        .testTarget(
            name: "RepositoryTests", dependencies: ["PiSystem", "PiTesting"],
            swiftSettings: strict),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "PiAI", "PiAgent", "PiGate", "PiJSON", "PiPolicy", "PiSystem", "PiTools",
            ],
            path: "Tests/Fuzz/FuzzTargets",
            swiftSettings: strict),
        .testTarget(
            name: "FuzzTests", dependencies: ["FuzzTargets", "PiSystem", "PiTesting"],
            path: "Tests/Fuzz/FuzzTests", swiftSettings: strict),
    ]
)
