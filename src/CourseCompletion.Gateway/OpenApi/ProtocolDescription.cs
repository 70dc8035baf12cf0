using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CourseCompletion.Gateway.OpenApi;

/// <summary>The protocol as its files describe it, comments included.</summary>
internal static class ProtocolDescription
{
    private const string ResourceName = "protocol.binpb";
    private const string Package = "coursecompletion.v1";

    /// <summary>Every service of the protocol.</summary>
    public static IReadOnlyList<ServiceDescriptor> ReadServices()
    {
        var extensions = new ExtensionRegistry { AnnotationsExtensions.Http };
        using var stream = typeof(ProtocolDescription).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The build did not embed {ResourceName}.");
        var set = FileDescriptorSet.Parser.WithExtensionRegistry(extensions).ParseFrom(stream);
        return
        [
            .. FileDescriptor.BuildFromByteStrings(set.File.Select(file => file.ToByteString()), extensions)
                .Where(file => file.Package == Package)
                .SelectMany(file => file.Services),
        ];
    }

    /// <summary>The comment before a declaration, its lines joined to paragraphs.</summary>
    public static string CommentOf(IDescriptor descriptor)
    {
        var declaration = descriptor switch
        {
            MessageDescriptor message => message.Declaration,
            FieldDescriptor field => field.Declaration,
            EnumDescriptor values => values.Declaration,
            EnumValueDescriptor value => value.Declaration,
            ServiceDescriptor service => service.Declaration,
            MethodDescriptor method => method.Declaration,
            _ => null,
        };
        var paragraphs = (declaration?.LeadingComments ?? "").Split("\n\n");
        return string.Join("\n\n", paragraphs.Select(paragraph => string.Join(' ', paragraph.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))).Trim();
    }
}
