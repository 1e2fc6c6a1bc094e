import PiGate
import PiSystem
import PiTesting
import Testing

/// Programs as they come, with resolvers and libraries of their own, none of which is told of the gate.
///
/// What takes long, and would be in the way of other tests, is left to `make programs`, which has all of them.
@Suite(.serialized, .timeLimit(.minutes(10))) struct GateProgramTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        /// Too much work to be done beside other tests.
        var isLeft = false
        /// Before the sandbox, in the folder that it sees as /world; `$programs` has the sources, and `$page` is
        /// one that is built.
        var preparation = "true"
        /// Prints a page of an allowed host.
        let allowed: String
        /// The same of a host that no rule names.
        let refused: String

        var testDescription: String { name }
    }

    private static let url = "https://$host:$tls/nonce"

    private static let apt = """
        mkdir -p /tmp/apt/lists/partial /tmp/apt/archives/partial /tmp/apt/etc; cd /tmp/apt
        echo "deb [trusted=yes] http://$host:$plain/debian ./" >etc/sources.list
        apt_get() {
            apt-get -qq -o Dir::Etc=/tmp/apt/etc -o Dir::State=/tmp/apt -o Dir::State::status=/dev/null \\
                -o Dir::Cache=/tmp/apt -o Acquire::Languages=none -o APT::Sandbox::User= \\
                -o Acquire::Retries=0 -o APT::Update::Error-Mode=any "$@" 2>&1
        }
        apt_get update && apt_get download nonce && cat nonce_1_all.deb
        """

    static let rows = [
        Row(
            name: "a static program in C", preparation: "cp $page get",
            allowed: "host=plain.example; /world/get $host $plain",
            refused: "host=elsewhere.example; /world/get $host $plain"),
        Row(
            name: "pip",
            preparation: "python3 $programs/repository.py pages",
            allowed: """
                pip3 -q download --cert /world/certificate.pem --index-url https://good.example:$tls/simple \\
                    -d /tmp/wheels --no-deps nonce
                PYTHONPATH=/tmp/wheels/nonce-1-py3-none-any.whl python3 -c 'import nonce'
                """,
            refused: """
                pip3 -q --retries 0 download --cert /world/certificate.pem -d /tmp/wheels \\
                    --index-url https://elsewhere.example:$tls/simple nonce
                """),
        Row(
            name: "apt",
            preparation: "python3 $programs/repository.py pages",
            allowed: "host=plain.example\n\(apt)", refused: "host=elsewhere.example\n\(apt)"),
        Row(
            name: "Node", isLeft: true,
            allowed: """
                host=good.example; NODE_EXTRA_CA_CERTS=/world/certificate.pem node /tests/programs/get.mjs \(url)
                """,
            refused: "host=elsewhere.example; node /tests/programs/get.mjs \(url)"),
        Row(
            name: "Go", isLeft: true,
            preparation: """
                export GOCACHE=$PWD/cache GOPATH=$PWD/go GOFLAGS=-mod=mod CGO_ENABLED=0
                go build -o get-go $programs/get.go
                """,
            allowed: "host=good.example; SSL_CERT_FILE=/world/certificate.pem /world/get-go \(url)",
            refused: "host=elsewhere.example; /world/get-go \(url)"),
        Row(
            name: "Java", isLeft: true,
            preparation: """
                javac -d . $programs/Get.java
                keytool -importcert -noprompt -alias test -file certificate.pem -keystore trust.p12 \\
                    -storetype PKCS12 -storepass changeit 2>/dev/null
                """,
            allowed: """
                host=good.example; java -Djavax.net.ssl.trustStore=/world/trust.p12 \\
                    -Djavax.net.ssl.trustStorePassword=changeit -cp /world Get \(url)
                """,
            refused: "host=elsewhere.example; java -cp /world Get \(url)"),
    ]

    @Test(arguments: rows) func `a program reaches what is allowed, and nothing else`(
        _ row: Row
    ) async throws {
        guard !row.isLeft || ThisProcess.variable("PI_ALL_PROGRAMS") != nil else {
            return print("  \(row.name): left to `make programs`")
        }
        try await GateWorld.with(isRoomy: true) { world in
            let sources = Repository.root.appending("Tests/ContainmentTests/Gate/programs")
            _ = try Helper.ask(
                "/bin/sh",
                [
                    "-euc", "cd \"$1\"; programs=$2 page=$3; \(row.preparation)", "sh",
                    world.internet.folder.text, sources.text,
                    Program.built("get-page", []).program.text,
                ])
            let beginning = "export HOME=/tmp\n"
            let (page, report) = try world.run(
                world.script(beginning + row.allowed), world.rules())
            #expect(page.contains("NONCE of a"), "\(page)")
            #expect(report.records.allSatisfy { $0.subject.verdict == .allowed }, "\(report)")

            let (said, other) = try world.run(
                world.script(
                    "\(beginning)run() {\n\(row.refused)\n}\nexport -f run; \(Self.variables)\n"
                        + "timeout 30 bash -c run 2>&1; echo \"ended with $?\""), world.rules())
            #expect(!said.contains("NONCE"), "\(said)")
            #expect(!said.contains("ended with 0\n") && !said.contains("ended with 124"), "\(said)")
            let refusals = other.records.filter { $0.subject.verdict == .denied }
            #expect(
                refusals.contains { $0.subject.place == "elsewhere.example" }, "\(said)\(other)")
            #expect(other.records.count == refusals.count, "\(other)")
            #expect(!world.table.asked.contains("elsewhere.example"))
        }
    }

    private static let variables = "export tls plain"
}
