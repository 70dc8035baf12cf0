namespace CourseCompletion.Domain.Interests;

/// <summary>Reads texts as terms: words in lower case without stop words, phrases, and of Chinese what is between stops, or pairs of letters where nothing tells words apart.</summary>
/// <remarks>Immutable; may be used by several threads.</remarks>
public sealed class TermReader
{
    // What stands alone between two stops is mostly a word or a name: a longer stretch mostly is not.
    private const int NameMax = 4;

    private readonly HashSet<string> _phrases;
    private readonly int _unitsMax;

    /// <summary>A reader that knows some phrases.</summary>
    /// <param name="phrases">The phrases, as <see cref="PhraseMiner"/> finds them, or as people write them.</param>
    public TermReader(IEnumerable<string> phrases)
    {
        _phrases = new(StringComparer.Ordinal);
        _unitsMax = 1;
        foreach (var phrase in phrases)
        {
            if (TextRuns.Of(phrase) is [var run] && run.Count > 1)
            {
                _phrases.Add(run.Join(0, run.Count));
                _unitsMax = Math.Max(_unitsMax, run.Count);
            }
        }
    }

    /// <summary>Topics by how this reader writes them when they stand in a text. One with a stop word or a number in it never does.</summary>
    public static Dictionary<string, string> Spelled(IEnumerable<string> topics)
    {
        var spelled = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var topic in topics)
        {
            spelled.TryAdd(TextRuns.Of(topic) is [var run] ? run.Join(0, run.Count) : topic, topic);
        }

        return spelled;
    }

    /// <summary>The terms of a text, in its order, repeats included.</summary>
    public List<string> Read(string text)
    {
        var terms = new List<string>();
        foreach (var run in TextRuns.Of(text))
        {
            var gap = 0;
            var at = 0;
            while (at < run.Count)
            {
                var length = LongestAt(run, at);
                if (length == 0)
                {
                    at++;
                    continue;
                }

                AddGap(terms, run, gap, at);
                terms.Add(run.Join(at, length));
                at += length;
                gap = at;
            }

            AddGap(terms, run, gap, run.Count);
        }

        return terms;
    }

    private int LongestAt(TextRun run, int at)
    {
        for (var length = Math.Min(_unitsMax, run.Count - at); length > 1; length--)
        {
            if (_phrases.Contains(run.Join(at, length)))
            {
                return length;
            }
        }

        return 0;
    }

    private static void AddGap(List<string> terms, TextRun run, int from, int end)
    {
        if (!run.IsLetters)
        {
            for (var at = from; at < end; at++)
            {
                terms.Add(run.Join(at, 1));
            }
        }
        else if (end - from is >= 2 and <= NameMax)
        {
            terms.Add(run.Join(from, end - from));
        }
        else
        {
            for (var at = from; at + 1 < end; at++)
            {
                terms.Add(run.Join(at, 2));
            }
        }
    }
}
