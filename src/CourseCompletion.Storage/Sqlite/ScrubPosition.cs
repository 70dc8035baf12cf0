using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>How far the background scrub came: a table, and the key of the last row read; kept in a small file, so that restarts do not leave the end unread.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The key's parts, numbers as <c>#12</c> and texts as <c>=text</c>; empty at the table's start.</param>
internal sealed record ScrubPosition([property: JsonRequired] string Table, [property: JsonRequired] string[] Key)
{
    public const string FileName = "scrub.json";

    /// <summary>The beginning of a pass.</summary>
    public static ScrubPosition Start { get; } = new(ScrubTable.All[0].Name, []);

    /// <summary>Where the table stands in a pass; 0 for a table that this release does not know.</summary>
    public int TableIndex => ScrubTable.All.TakeWhile(table => table.Name != Table).Count() % ScrubTable.All.Count;

    public static ScrubPosition Of(ScrubTable table, object[] lastKey) =>
        new(table.Name, [.. lastKey.Select(part => part is long number ? "#" + number.ToString(CultureInfo.InvariantCulture) : "=" + part)]);

    /// <summary>Reads the position; the beginning when there is none that can be read.</summary>
    public static ScrubPosition Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(directory, FileName)), ScrubJson.Default.ScrubPosition) ?? Start;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return Start;
        }
    }

    /// <summary>The key behind which the table is to be read; null for its start.</summary>
    public object[]? After(ScrubTable table)
    {
        var parts = new object[Key.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Key[i] is ['#', .. var digits] && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                parts[i] = number;
            }
            else if (Key[i] is ['=', .. var text])
            {
                parts[i] = text;
            }
            else
            {
                return null;
            }
        }

        return Table == table.Name && parts.Length == table.KeyColumns ? parts : null;
    }

    /// <summary>Keeps the position. Not brought to the disk, and failing is no harm: then a part is read twice.</summary>
    public void TryWrite(string directory)
    {
        try
        {
            File.WriteAllBytes(Path.Combine(directory, FileName), JsonSerializer.SerializeToUtf8Bytes(this, ScrubJson.Default.ScrubPosition));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full disk, most likely.
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScrubPosition))]
internal sealed partial class ScrubJson : JsonSerializerContext;
