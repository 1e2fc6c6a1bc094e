import PiAI
import PiJSON
import PiSystem

/// Vertex has an address of its own for each project, and a token, unlike a key, does not say whose it is.
enum VertexPlace {
    static let project = ["GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT"]
    static let location = "GOOGLE_CLOUD_LOCATION"

    static func move(_ model: inout Model, for key: KeyStore.Key?) throws {
        guard let vertex = Provider.named("google-vertex"), model.name.provider == vertex.id,
            key?.secret.isGoogleToken == true
        else { return }
        guard model.baseURL == vertex.baseURL else {
            // A gateway of one's own may know the project; Google's own servers have to be told.
            guard HTTPAddress(model.baseURL)?.isAt(domain) == true,
                !model.baseURL.contains("/projects/")
            else { return }
            throw ModelChoice.Refused(
                .usage,
                "a token for Vertex needs an address with a project, and models.json names another one",
                help:
                    "write it like https://HOST/v1/projects/NAME/locations/PLACE/publishers/google")
        }
        guard let project = try project.lazy.compactMap({ try word(of: $0, or: ".:") }).first else {
            throw ModelChoice.Refused(
                .usage, "a token for Vertex needs to know the project, and none is named",
                help: "set \(project[0]), or use a key (`pi-runner auth set \(vertex.id)`)")
        }
        let location = try word(of: location, or: "") ?? "global"
        model.baseURL =
            "https://\(host(in: location))/v1/projects/\(project)/locations/\(location)/publishers/google"
    }

    private static let domain = "googleapis.com"

    private static func host(in location: String) -> String {
        switch location {
        case "global": "aiplatform.\(domain)"
        case "us", "eu": "aiplatform.\(location).rep.\(domain)"
        default: "\(location)-aiplatform.\(domain)"
        }
    }

    /// The name that a variable has; one that could lead elsewhere is none.
    private static func word(of variable: String, or more: String) throws -> String? {
        guard let value = RawText(variable).flatMap(ThisProcess.variable), !value.isEmpty else {
            return nil
        }
        let isName = value.bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                true
            default: more.utf8.contains(byte)
            }
        }
        guard isName, let text = value.utf8, !text.contains("..") else {
            throw ModelChoice.Refused(
                .usage, "\(variable) is no name: \(SafeText(value.description, limit: 60))",
                help: more.isEmpty
                    ? "it has small letters, digits and dashes"
                    : "it has small letters, digits, dashes, and a `:` or single dots")
        }
        return text
    }
}
