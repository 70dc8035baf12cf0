using System.Text.Json;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;
using Google.Protobuf;

namespace CourseCompletion.Cli.Courses;

/// <summary>Course definitions in a file: one course or a list of courses, in protobuf's JSON form.</summary>
internal static class CourseFile
{
    private static readonly JsonFormatter _formatter = new(JsonFormatter.Settings.Default.WithIndentation().WithPreserveProtoFieldNames(true));

    /// <summary>Reads the courses of a file.</summary>
    public static IReadOnlyList<Course> Read(string path)
    {
        try
        {
            using var text = DataFile.Open(path);
            using var json = JsonDocument.Parse(text.ReadToEnd(), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.ValueKind == JsonValueKind.Array
                ? [.. json.RootElement.EnumerateArray().Select(Parse)]
                : [Parse(json.RootElement)];
        }
        catch (InvalidDataException error)
        {
            throw DataFile.Damaged(path, error);
        }
        catch (Exception error) when (error is JsonException or InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new DataFormatException($"{path} holds no course definition: {error.Message}");
        }
    }

    /// <summary>Writes a list of courses.</summary>
    public static void Write(string path, IEnumerable<Course> courses)
    {
        using var text = DataFile.Create(path);
        text.Write("[\n");
        text.Write(string.Join(",\n", courses.Select(course => _formatter.Format(course))));
        text.Write("\n]\n");
    }

    private static Course Parse(JsonElement element) => Course.Parser.ParseJson(element.GetRawText());
}
