using System.Collections.Frozen;
using System.Globalization;

namespace CourseCompletion.Prediction.Comments.Vader;

/// <summary>The lexicon of VADER: how good or bad English words, slang and emoticons are.</summary>
/// <remarks>Hutto and Gilbert, VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text, ICWSM 2014; MIT licence, see <c>VADER-LICENSE.txt</c>.</remarks>
internal static class VaderLexicon
{
    private const string Resource = "CourseCompletion.Prediction.Comments.Vader.vader-lexicon.tsv";

    private static readonly FrozenDictionary<string, float> _valences = Read();
    private static readonly FrozenDictionary<string, float>.AlternateLookup<ReadOnlySpan<char>> _find = _valences.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many entries there are.</summary>
    public static int Count => _valences.Count;

    /// <summary>The mean rating of a token, -4 to 4, whatever its case; false for a token that is not in the lexicon.</summary>
    public static bool TryFind(ReadOnlySpan<char> token, out float valence) => _find.TryGetValue(token, out valence);

    private static FrozenDictionary<string, float> Read()
    {
        using var stream = typeof(VaderLexicon).Assembly.GetManifestResourceStream(Resource)!;
        using var text = new StreamReader(stream);
        var valences = new Dictionary<string, float>();
        while (text.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            valences.Add(line[..tab], float.Parse(line.AsSpan(tab + 1), CultureInfo.InvariantCulture));
        }

        return valences.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
