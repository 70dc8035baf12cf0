using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace CourseCompletion.Gateway.OpenApi;

/// <summary>Describes messages in the protocol's JSON form, each once.</summary>
internal sealed class OpenApiSchemas
{
    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);

    public JsonObject ToJson()
    {
        var all = new JsonObject();
        foreach (var (name, schema) in _schemas)
        {
            all.Add(name, schema.DeepClone());
        }

        return all;
    }

    /// <summary>A reference to a message's schema.</summary>
    public JsonObject Reference(MessageDescriptor message)
    {
        if (!_schemas.ContainsKey(message.Name))
        {
            var schema = new JsonObject { ["type"] = "object" };
            _schemas.Add(message.Name, schema);
            Describe(schema, message);
            schema.Add("properties", Properties(message.Fields.InDeclarationOrder()));
        }

        return Reference(message.Name);
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary>Adds a schema that is no message of the protocol.</summary>
    public void Add(string name, JsonObject schema) => _schemas.Add(name, schema);

    /// <summary>Some fields of a message, as an object of their own.</summary>
    public JsonObject ObjectOf(IEnumerable<FieldDescriptor> fields) => new() { ["type"] = "object", ["properties"] = Properties(fields) };

    /// <summary>A field's schema.</summary>
    public JsonObject SchemaOf(FieldDescriptor field)
    {
        var item = ItemOf(field);
        return field.IsRepeated ? new() { ["type"] = "array", ["items"] = item } : item;
    }

    private JsonObject Properties(IEnumerable<FieldDescriptor> fields)
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            properties.Add(field.JsonName, Described(SchemaOf(field), field));
        }

        return properties;
    }

    private JsonObject ItemOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Bool => Scalar("boolean"),
        FieldType.String => Scalar("string"),
        FieldType.Bytes => Scalar("string", "byte"),
        FieldType.Double => Scalar("number", "double"),
        FieldType.Float => Scalar("number", "float"),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Scalar("string", "int64"),
        FieldType.UInt64 or FieldType.Fixed64 => Scalar("string", "uint64"),
        FieldType.Enum => Reference(field.EnumType),
        FieldType.Message => field.MessageType.FullName switch
        {
            "google.protobuf.Timestamp" => Scalar("string", "date-time"),
            "google.protobuf.Duration" => new() { ["type"] = "string", ["pattern"] = "^-?[0-9]+(\\.[0-9]{1,9})?s$", ["example"] = "1.5s" },
            _ => Reference(field.MessageType),
        },
        _ => Scalar("integer", "int32"),
    };

    private JsonObject Reference(EnumDescriptor values)
    {
        if (!_schemas.ContainsKey(values.Name))
        {
            var lines = values.Values.Select(value => $"- `{value.Name}`: {ProtocolDescription.CommentOf(value)}");
            _schemas.Add(values.Name, new()
            {
                ["type"] = "string",
                ["description"] = $"{ProtocolDescription.CommentOf(values)}\n\n{string.Join('\n', lines)}",
                ["enum"] = new JsonArray([.. values.Values.Select(value => (JsonNode)value.Name)]),
            });
        }

        return Reference(values.Name);
    }

    private static JsonObject Scalar(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
        {
            schema.Add("format", format);
        }

        return schema;
    }

    // A reference stands alone in OpenAPI 3.0: what is said about it needs an object around it.
    private static JsonObject Described(JsonObject schema, FieldDescriptor field)
    {
        var described = schema.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(schema) } : schema;
        Describe(described, field);
        return described;
    }

    private static void Describe(JsonObject schema, IDescriptor descriptor)
    {
        if (ProtocolDescription.CommentOf(descriptor) is { Length: > 0 } comment)
        {
            schema["description"] = comment;
        }
    }
}
