import PiJSON

/// Schemas as providers take them.
enum ToolSchema {
    /// Every provider wants an object at the top, with its properties.
    static func object(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        if schema["type"] == nil { schema["type"] = "object" }
        if schema["properties"] == nil { schema["properties"] = .object(JSONObject()) }
        schema["$schema"] = nil
        return schema
    }
}
