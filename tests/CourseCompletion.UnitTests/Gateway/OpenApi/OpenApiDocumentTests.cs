using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseCompletion.Gateway.OpenApi;
using CourseCompletion.Protocol.V1;
using Google.Api;
using Google.Protobuf.Reflection;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway.OpenApi;

public class OpenApiDocumentTests
{
    private static readonly JsonObject _document = JsonNode.Parse(OpenApiDocument.Write(ProtocolDescription.ReadServices()))!.AsObject();

    // From the generated code, not from what the document was made of.
    private static readonly MethodDescriptor[] _methods =
    [
        .. new[] { EngagementServiceReflection.Descriptor, LearnerServiceReflection.Descriptor, CourseServiceReflection.Descriptor }
            .SelectMany(file => file.Services).SelectMany(service => service.Methods),
    ];

    public static TheoryData<string, string, string> Routes
    {
        get
        {
            var routes = new TheoryData<string, string, string>();
            foreach (var method in _methods)
            {
                if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule)
                {
                    routes.Add(method.Name, rule.PatternCase.ToString().ToLowerInvariant(), rule.Get + rule.Put + rule.Post + rule.Delete + rule.Patch);
                }
            }

            return routes;
        }
    }

    [Fact]
    public void Routes_AreEveryMethodButTheStreamOfEvents() => Assert.Equal(_methods.Length - 1, Routes.Count);

    [Theory]
    [MemberData(nameof(Routes))]
    public void Write_AnnotatedMethod_HasItsOperation(string method, string verb, string path)
    {
        var operation = _document["paths"]![path]![verb]!;

        Assert.EndsWith("_" + method, operation["operationId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(operation["summary"]!.GetValue<string>());
        Assert.Equal(
            Regex.Matches(path, @"\{(.+?)\}").Select(variable => variable.Groups[1].Value),
            operation["parameters"]!.AsArray().Where(p => p!["in"]!.GetValue<string>() == "path").Select(p => p!["name"]!.GetValue<string>()));
    }

    [Fact]
    public void Write_EveryReference_LeadsSomewhere()
    {
        var references = Nodes(_document).OfType<JsonObject>().Select(node => node["$ref"]?.GetValue<string>()).OfType<string>().Distinct().ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(reference["#/".Length..].Split('/').Aggregate((JsonNode?)_document, (node, name) => node?[name])));
    }

    [Fact]
    public void Write_EveryProperty_IsDescribed()
    {
        var properties = _document["components"]!["schemas"]!.AsObject()
            .Where(schema => schema.Key != "Status")
            .SelectMany(schema => schema.Value!["properties"]?.AsObject().Select(property => (schema.Key, property.Key, property.Value)) ?? [])
            .ToArray();

        Assert.NotEmpty(properties);
        Assert.All(properties, property => Assert.NotEmpty(property.Value!["description"]!.GetValue<string>()));
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode? node) => node switch
    {
        JsonObject parent => parent.SelectMany(child => Nodes(child.Value)).Prepend(parent),
        JsonArray parent => parent.SelectMany(Nodes).Prepend(parent),
        null => [],
        _ => [node],
    };
}
