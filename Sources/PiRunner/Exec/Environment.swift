import PiPolicy
import PiSystem

/// The variables of a call: from nothing, and then only what is named.
struct Environment {
    let variables: [RawText]
    /// The home that the program is told of, if it is one of ours to make.
    let home: String?

    init(_ policy: ResolvedPolicy, _ request: ExecRequest) {
        var values: [(name: String, value: RawText)] = []
        func set(_ name: String, _ value: RawText) {
            if let place = values.firstIndex(where: { $0.name == name }) {
                values[place].value = value
            } else {
                values.append((name, value))
            }
        }
        if policy.value.value(at: ["network", "announce_proxy"])?.flag == true,
            !policy.networkGrants.isEmpty
        {
            for (name, value) in Self.proxy(RunGate.proxyPort(of: policy)) { set(name, value) }
        }
        let given = policy.value["environment"]
        // Each bound that says anything of them must name a variable, too.
        let bounds = policy.bounds.compactMap { $0.value["environment"] }
        let mayPass = bounds.compactMap { $0["pass"]?.elements.compactMap(\.text) }
        let maySet = bounds.compactMap { $0["set"]?.members.map(\.name) }
        for member in given?["set"]?.members ?? []
        where maySet.allSatisfy({ $0.contains(member.name) }) {
            guard let text = member.value.text, let value = RawText(text) else { continue }
            set(member.name, value)
        }
        for name in given?["pass"]?.elements ?? [] {
            guard let name = name.text, mayPass.allSatisfy({ $0.contains(name) }),
                let raw = RawText(name),
                let value = ThisProcess.variable(raw)
            else { continue }
            set(name, value)
        }
        // A program on a terminal has to know which kind it is.
        if request.wantsTerminal, let term = ThisProcess.variable("TERM") { set("TERM", term) }
        for variable in request.variables {
            guard let name = ExecRequest.name(of: variable)?.utf8,
                let value = RawText(variable.bytes.dropFirst(name.utf8.count + 1))
            else { continue }
            set(name, value)
        }
        variables = values.compactMap { RawText(Array("\($0.name)=".utf8) + $0.value.bytes) }
        let told = values.first { $0.name == "HOME" }?.value.utf8
        home = told.flatMap { $0.hasPrefix("/") && $0.count > 1 ? $0 : nil }
    }

    /// As programs know them, each in its own spelling; what the sandbox serves itself needs none.
    private static func proxy(_ port: Int) -> [(name: String, value: RawText)] {
        let address = RawText("http://127.0.0.1:\(port)")!
        let own: RawText = "localhost,127.0.0.1,::1"
        let names = ["http_proxy", "https_proxy", "all_proxy"]
        return (names + names.map { $0.uppercased() }).map { ($0, address) }
            + [("no_proxy", own), ("NO_PROXY", own), ("NODE_USE_ENV_PROXY", "1")]
    }
}
