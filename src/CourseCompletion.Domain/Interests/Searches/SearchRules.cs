using System.Text;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Interests.Searches;

/// <summary>How what a learner searches for is remembered, and what it says of interests.</summary>
public static class SearchRules
{
    /// <summary>How many queries are remembered: of more, those searched for longest ago are forgotten.</summary>
    public const int QueriesMax = 32;

    /// <summary>Up to which number it is counted how often a query was searched for.</summary>
    public const int CountMax = 255;

    /// <summary>How many bytes of UTF-8 a query may have.</summary>
    public const int QueryBytesMax = 512;

    // What is kept of it, in UTF-16 units: longer ones are sentences, whose ends say little.
    private const int QueryMax = 64;

    // Who pages through results, or is sent again by an app, searches once.
    private const long RepeatMs = 10 * 60_000;

    // From how many units on an expression is none any more but a sentence.
    private const int WordsMax = 4;
    private const int LettersMax = 8;

    /// <summary>Checks a query; null when it is well-formed.</summary>
    public static Rejection? Check(string query) =>
        QueryOf(query).Length == 0 ? new(RejectionReason.MissingField, "query", "Set query: it is required, and must be more than blanks.")
        : Encoding.UTF8.GetByteCount(query) > QueryBytesMax ? new(RejectionReason.InvalidField, "query", $"Send at most {QueryBytesMax} bytes of UTF-8.")
        : query.Any(char.IsControl) ? new(RejectionReason.InvalidField, "query", "Send a query without control characters.")
        : null;

    /// <summary>A query in its one spelling, and its beginning where it is long.</summary>
    public static string QueryOf(string text)
    {
        var query = TopicName.Of(text);
        return query.Length <= QueryMax ? query : query[..(char.IsHighSurrogate(query[QueryMax - 1]) ? QueryMax - 1 : QueryMax)].TrimEnd();
    }

    /// <summary>Whether there is room for a search; null when there is.</summary>
    public static Rejection? CheckRoom(LearnerState state, in LearnerSearch search, LearnerPolicy policy)
    {
        var gone = state.Searches.Count == QueriesMax ? state.Searches[Oldest(state)].Bytes : 0;
        var grown = new SearchedQuery(search.Query, 1, search.AtMs).Bytes - gone;
        return IndexOf(state, search.Query) < 0 && state.StateBytes + grown > policy.StateBytesMax
            ? new(RejectionReason.LimitExceeded, "learner_id", $"This learner's state has reached {policy.StateBytesMax} bytes.")
            : null;
    }

    /// <summary>Folds a search; tells whether it changed anything: the same query within ten minutes, or an older one, does not.</summary>
    public static bool Fold(LearnerState state, in LearnerSearch search)
    {
        var at = IndexOf(state, search.Query);
        var known = at < 0 ? default : state.Searches[at];
        if (at >= 0)
        {
            if (search.AtMs < known.AtMs + RepeatMs)
            {
                return false;
            }

            Remove(state, at);
        }
        else if (state.Searches.Count == QueriesMax)
        {
            Remove(state, Oldest(state));
        }

        var searched = new SearchedQuery(search.Query, Math.Min(CountMax, known.Count + 1), search.AtMs);
        state.Searches.Add(searched);
        state.StateBytes += searched.Bytes;
        return true;
    }

    /// <summary>What a query is about, in equal shares: the known topics that stand in it, or, where there are none, its expressions.</summary>
    /// <param name="query">The query.</param>
    /// <param name="known">Topics that are known, as <see cref="TermReader.Spelled"/> gives them.</param>
    /// <param name="reader">A reader that knows their phrases.</param>
    public static IReadOnlyList<TopicShare> TopicsOf(string query, IReadOnlyDictionary<string, string> known, TermReader reader)
    {
        var topics = reader.Read(query).Where(known.ContainsKey).Select(term => known[term]).Distinct(StringComparer.Ordinal).ToArray();
        if (topics.Length == 0)
        {
            topics = [.. TextRuns.Of(query).Where(run => run.Count <= (run.IsLetters ? LettersMax : WordsMax)).Select(run => run.Join(0, run.Count)).Distinct(StringComparer.Ordinal)];
        }

        return [.. topics.Select(topic => new TopicShare(topic, 1.0 / topics.Length))];
    }

    private static void Remove(LearnerState state, int at)
    {
        state.StateBytes -= state.Searches[at].Bytes;
        state.Searches.RemoveAt(at);
    }

    private static int Oldest(LearnerState state)
    {
        var oldest = 0;
        for (var i = 1; i < state.Searches.Count; i++)
        {
            oldest = state.Searches[i].AtMs < state.Searches[oldest].AtMs ? i : oldest;
        }

        return oldest;
    }

    private static int IndexOf(LearnerState state, string query)
    {
        for (var i = 0; i < state.Searches.Count; i++)
        {
            if (state.Searches[i].Query == query)
            {
                return i;
            }
        }

        return -1;
    }
}
