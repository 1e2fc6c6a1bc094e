import PiAI
import PiJSON
import PiSystem

/// Vertex has an address of its own for each project, and a token, unlike a key, does not say whose it is.
enum VertexPlace {
    static let project = ["GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT"]
    static let location = "GOOGLE_CLOUD_LOCATION"

    static func move(_ model: inout Model, for key: KeyStore.Key?) throws {
        guard let vertex = Provider.named("google-vertex"), model.name.provider == vertex.id,
            model.baseURL == vertex.baseURL, key?.secret.isGoogleToken == true
        else { return }
        guard let project = try project.lazy.compactMap({ try word(of: $0) }).first else {
            throw ModelChoice.Refused(
                .usage, "a token for Vertex needs to know the project, and none is named",
                help: "set \(project[0]), or use a key (`pi-runner auth set \(vertex.id)`)")
        }
        let location = try word(of: location) ?? "global"
        let host = (location == "global" ? "" : "\(location)-") + "aiplatform.googleapis.com"
        model.baseURL =
            "https://\(host)/v1/projects/\(project)/locations/\(location)/publishers/google"
    }

    /// The name that a variable has; one that could lead elsewhere is none.
    private static func word(of variable: String) throws -> String? {
        guard let value = RawText(variable).flatMap(ThisProcess.variable), !value.isEmpty else {
            return nil
        }
        let isName = value.bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isName, let text = value.utf8 else {
            throw ModelChoice.Refused(
                .usage, "\(variable) is no name: \(SafeText(value.description, limit: 60))",
                help: "it has small letters, digits and dashes")
        }
        return text
    }
}
