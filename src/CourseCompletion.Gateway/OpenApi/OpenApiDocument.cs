using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;

namespace CourseCompletion.Gateway.OpenApi;

/// <summary>Describes the HTTP/JSON side of the services, as their <c>google.api.http</c> annotations lay it out.</summary>
internal sealed partial class OpenApiDocument
{
    private const string Json = "application/json";
    private static readonly JsonSerializerOptions _readable = new() { WriteIndented = true };

    private readonly OpenApiSchemas _schemas = new();
    private readonly JsonObject _paths = [];
    private readonly JsonArray _tags = [];

    /// <summary>The document's text.</summary>
    public static string Write(IEnumerable<ServiceDescriptor> services) => new OpenApiDocument().Describe(services).ToJsonString(_readable);

    private JsonObject Describe(IEnumerable<ServiceDescriptor> services)
    {
        AddError();
        foreach (var service in services)
        {
            _tags.Add((JsonNode)new JsonObject { ["name"] = service.Name, ["description"] = ProtocolDescription.CommentOf(service) });
            foreach (var method in service.Methods)
            {
                if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule)
                {
                    AddRule(method, rule);
                }
            }
        }

        return new()
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject
            {
                ["title"] = "CourseCompletion",
                ["version"] = typeof(OpenApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
                ["description"] = "The JSON side of the gRPC API. Field names are accepted in lowerCamelCase and as the protocol writes them.",
            },
            ["tags"] = _tags,
            ["paths"] = _paths,
            ["components"] = new JsonObject { ["schemas"] = _schemas.ToJson() },
        };
    }

    private void AddRule(MethodDescriptor method, HttpRule rule)
    {
        var (verb, template) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("get", rule.Get),
            HttpRule.PatternOneofCase.Put => ("put", rule.Put),
            HttpRule.PatternOneofCase.Post => ("post", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("delete", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("patch", rule.Patch),
            _ => throw new InvalidOperationException($"{method.FullName} has an HTTP rule without a known verb."),
        };
        if (_paths[template] is not JsonObject path)
        {
            _paths.Add(template, path = []);
        }

        path.Add(verb, Operation(method, rule, template));
        foreach (var other in rule.AdditionalBindings)
        {
            AddRule(method, other);
        }
    }

    private JsonObject Operation(MethodDescriptor method, HttpRule rule, string template)
    {
        var comment = ProtocolDescription.CommentOf(method);
        var inPath = PathVariable().Matches(template).Select(match => match.Groups[1].Value).ToArray();
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(method.Service.Name),
            ["operationId"] = $"{method.Service.Name}_{method.Name}",
            ["summary"] = comment.Split("\n\n")[0],
            ["description"] = comment,
            ["parameters"] = Parameters(method.InputType, rule, inPath),
        };
        if (rule.Body.Length > 0)
        {
            operation.Add("requestBody", new JsonObject { ["required"] = true, ["content"] = Content(Body(method.InputType, rule, inPath)) });
        }

        operation.Add("responses", new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = method.IsServerStreaming
                    ? "A stream of JSON objects, one a line. " + ProtocolDescription.CommentOf(method.OutputType)
                    : ProtocolDescription.CommentOf(method.OutputType),
                ["content"] = Content(_schemas.Reference(method.OutputType)),
            },
            ["default"] = new JsonObject { ["description"] = "An error.", ["content"] = Content(OpenApiSchemas.Reference("Status")) },
        });
        return operation;
    }

    private JsonArray Parameters(MessageDescriptor input, HttpRule rule, string[] inPath)
    {
        var parameters = new JsonArray();
        foreach (var variable in inPath)
        {
            parameters.Add((JsonNode)Parameter(variable, "path", FieldAt(input, variable)));
        }

        if (rule.Body == "*")
        {
            return parameters;
        }

        foreach (var field in input.Fields.InDeclarationOrder())
        {
            if (field.Name != rule.Body && !inPath.Contains(field.Name))
            {
                parameters.Add((JsonNode)Parameter(field.JsonName, "query", field));
            }
        }

        return parameters;
    }

    private JsonObject Parameter(string name, string place, FieldDescriptor field) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = place == "path",
        ["description"] = ProtocolDescription.CommentOf(field),
        ["schema"] = _schemas.SchemaOf(field),
    };

    private JsonObject Body(MessageDescriptor input, HttpRule rule, string[] inPath) => rule.Body == "*"
        ? _schemas.ObjectOf(input.Fields.InDeclarationOrder().Where(field => !inPath.Contains(field.Name)))
        : _schemas.SchemaOf(FieldAt(input, rule.Body));

    private static FieldDescriptor FieldAt(MessageDescriptor message, string path)
    {
        var names = path.Split('.');
        var field = message.FindFieldByName(names[0]) ?? throw new InvalidOperationException($"{message.FullName} has no field {path}.");
        return names.Length == 1 ? field : FieldAt(field.MessageType, string.Join('.', names[1..]));
    }

    private static JsonObject Content(JsonObject schema) => new() { [Json] = new JsonObject { ["schema"] = schema } };

    private void AddError() => _schemas.Add("Status", new()
    {
        ["type"] = "object",
        ["description"] = "An error: google.rpc.Status.",
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = "integer", ["format"] = "int32", ["description"] = "The gRPC status code." },
            ["message"] = new JsonObject { ["type"] = "string", ["description"] = "One sentence in English, for developers." },
            ["details"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "google.rpc.BadRequest, RetryInfo, ErrorInfo or ResourceInfo, told apart by @type.",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
                    ["additionalProperties"] = true,
                },
            },
        },
    });

    [GeneratedRegex(@"\{([a-z0-9_.]+)\}")]
    private static partial Regex PathVariable();
}
