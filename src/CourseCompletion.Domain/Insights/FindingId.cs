using System.Globalization;

namespace CourseCompletion.Domain.Insights;

/// <summary>The names of findings: <c>leaving-LESSON</c> and <c>confusing-POSITION-LESSON</c>.</summary>
public static class FindingId
{
    private const string Leaving = "leaving-";
    private const string Confusing = "confusing-";

    /// <summary>The name of a finding at a place.</summary>
    public static string Of(FindingKind kind, FindingPlace place) =>
        kind == FindingKind.Leaving ? Leaving + place.Lesson : string.Create(CultureInfo.InvariantCulture, $"{Confusing}{place.Position}-{place.Lesson}");

    /// <summary>Reads a name; null when it is none.</summary>
    public static (FindingKind Kind, FindingPlace Place)? Parse(string id)
    {
        if (id.StartsWith(Leaving, StringComparison.Ordinal))
        {
            return (FindingKind.Leaving, new(id[Leaving.Length..], -1));
        }

        var dash = id.StartsWith(Confusing, StringComparison.Ordinal) ? id.IndexOf('-', Confusing.Length) : -1;
        return dash > 0 && int.TryParse(id.AsSpan(Confusing.Length, dash - Confusing.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < 100
            ? (FindingKind.Confusing, new(id[(dash + 1)..], position))
            : null;
    }
}
