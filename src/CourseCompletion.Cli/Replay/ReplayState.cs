using System.Text.Json;

namespace CourseCompletion.Cli.Replay;

/// <summary>Where a replay stands: how many events from the beginning, in event-time order, are acknowledged.</summary>
/// <param name="Input">What is replayed; a state belongs to one input.</param>
/// <param name="Position">How many events are done with.</param>
internal sealed record ReplayState(string Input, long Position)
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    /// <summary>Names an input by its layout, options and files, with their lengths.</summary>
    public static string NameInput(string format, IEnumerable<string> files, params IEnumerable<string> options) =>
        string.Join(
            "; ",
            files.Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)}={new FileInfo(file).Length}")
                .Prepend(format).Concat(options));

    /// <summary>Reads the position; 0 without a file.</summary>
    /// <exception cref="Engagement.DataFormatException">The file belongs to another input, or is no state.</exception>
    public static long Load(string path, string input)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        ReplayState? state;
        try
        {
            state = JsonSerializer.Deserialize<ReplayState>(File.ReadAllText(path));
        }
        catch (JsonException error)
        {
            throw new Engagement.DataFormatException($"{path} is no replay state ({error.Message}). Delete it to begin anew.");
        }

        return state?.Input == input && state.Position >= 0
            ? state.Position
            : throw new Engagement.DataFormatException($"{path} belongs to another input ('{state?.Input}', not '{input}'). Delete it to begin anew.");
    }

    /// <summary>Writes the state so that a crash leaves the old or the new one; makes the directory if it is not there.</summary>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = path + ".new";
        File.WriteAllText(fresh, JsonSerializer.Serialize(this, _json));
        File.Move(fresh, path, overwrite: true);
    }
}
