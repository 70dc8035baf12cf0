using System.Globalization;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Compares what clients heard with what the engine exports. Same history and export, same verdict: no server, no clock.</summary>
internal sealed class HistoryChecker
{
    private readonly Dictionary<string, Sent> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Watcher, string Learner), Seen> _seen = [];
    private readonly List<string> _violations = [];

    private HistoryChecker()
    {
    }

    /// <summary>Checks a history.</summary>
    /// <param name="history">Its lines, in their order.</param>
    /// <param name="exported">What the engine stored, in any order.</param>
    public static HistoryVerdict Check(IEnumerable<HistoryEntry> history, IEnumerable<Event> exported)
    {
        var checker = new HistoryChecker();
        foreach (var entry in history)
            checker.Read(entry);
        foreach (var e in exported)
            checker.Compare(e);
        return checker.Conclude();
    }

    private void Read(HistoryEntry entry)
    {
        switch (entry.Kind)
        {
            case HistoryEntry.Invoke:
                if (!_sent.TryAdd(entry.Fields[1], new(entry)))
                    throw new FormatException($"The history sends {entry.Fields[1]} twice.");
                break;
            case HistoryEntry.Ok or HistoryEntry.Fail or HistoryEntry.Unknown:
                var sent = _sent.GetValueOrDefault(entry.Fields[1]) ?? throw new FormatException($"The history answers {entry.Fields[1]} before it sends it.");

                // A client may give up and send the same event once more: what was durable once stays so.
                if (sent.Fate != HistoryEntry.Ok)
                    (sent.Fate, sent.EndedAt) = (entry.Kind, entry.At);
                break;
            case HistoryEntry.Saw:
                See(entry);
                break;
        }
    }

    // Tokens mean nothing to clients, but one that comes again after another one leads back to an older state.
    private void See(HistoryEntry entry)
    {
        var (key, token, count) = ((entry.Fields[0], entry.Fields[1]), entry.Fields[2], long.Parse(entry.Fields[3], CultureInfo.InvariantCulture));
        if (!_seen.TryGetValue(key, out var seen))
            _seen[key] = seen = new();
        if (count < seen.Count)
            _violations.Add($"went back: {key.Item1} saw {key.Item2} with {seen.Count} events and then with {count}");
        if (token != seen.Token && !seen.Tokens.Add(token))
            _violations.Add($"went back: {key.Item1} saw {key.Item2} in version {token} again after {seen.Token}");
        (seen.Token, seen.Count) = (token, count);
    }

    private void Compare(Event e)
    {
        if (!_sent.TryGetValue(e.EventId, out var sent))
            _violations.Add($"never sent: {e.LearnerId} has {e.EventId}");
        else if (sent.IsExported)
            _violations.Add($"counted twice: {e.LearnerId} has {e.EventId} once more");
        else if (sent.Fate == HistoryEntry.Fail)
            _violations.Add($"rejected and counted: {e.LearnerId} has {e.EventId}");
        else if (!sent.IsOf(e))
            _violations.Add($"changed: {e.EventId} was {string.Join(' ', sent.Invoke.Fields)} and is {e.LearnerId} {e.CourseId} {e.LessonId} {HistoryEntry.BodyOf(e)}");
        if (sent is not null)
            sent.IsExported = true;
    }

    private HistoryVerdict Conclude()
    {
        var facts = new CourseFold();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var sent in _sent.Values)
        {
            if (sent.IsExported)
            {
                var e = sent.Invoke.ToEvent();
                facts.Add(e);
                counts[e.LearnerId] = counts.GetValueOrDefault(e.LearnerId) + 1;
            }
            else if (sent.Fate == HistoryEntry.Ok)
            {
                _violations.Add($"lost: {sent.Invoke.Fields[0]} has no {sent.Invoke.Fields[1]}, acknowledged after {sent.EndedAt}");
            }
        }

        return new(
            _violations,
            _sent.Values.Count(sent => sent.Fate == HistoryEntry.Ok),
            _sent.Values.Count(sent => sent.Fate == HistoryEntry.Fail),
            _sent.Values.Count(sent => sent.Fate == HistoryEntry.Unknown),
            [.. _sent.Values.Where(sent => sent.Fate == HistoryEntry.Ok).Select(sent => new Waited(sent.Invoke.Fields[0], sent.Invoke.At, sent.EndedAt))],
            facts,
            counts);
    }

    private sealed class Sent(HistoryEntry invoke)
    {
        public HistoryEntry Invoke { get; } = invoke;

        public string Fate { get; set; } = HistoryEntry.Unknown;

        public TimeSpan EndedAt { get; set; }

        public bool IsExported { get; set; }

        public bool IsOf(Event e)
        {
            var sent = Invoke.ToEvent();
            return (sent.LearnerId, sent.CourseId, sent.LessonId, sent.OccurredAt) == (e.LearnerId, e.CourseId, e.LessonId, e.OccurredAt)
                && HistoryEntry.BodyOf(sent) == HistoryEntry.BodyOf(e);
        }
    }

    private sealed class Seen
    {
        public HashSet<string> Tokens { get; } = new(StringComparer.Ordinal);

        public string? Token { get; set; }

        public long Count { get; set; }
    }
}

/// <summary>How long a learner's event waited for its acknowledgement.</summary>
internal readonly record struct Waited(string Learner, TimeSpan From, TimeSpan Until)
{
    public TimeSpan For => Until - From;
}

/// <summary>What a history and an export say together.</summary>
/// <param name="Violations">Broken promises; none when all is well.</param>
/// <param name="Acknowledged">Events that the server said are durable.</param>
/// <param name="Rejected">Events that it said never will be.</param>
/// <param name="Unknown">Events of which it said nothing.</param>
/// <param name="Waits">How long each acknowledged event took.</param>
/// <param name="Facts">What courses must show: the fold of everything acknowledged, and of the unknown that turned out to be stored.</param>
/// <param name="Counts">How many events each learner must show.</param>
internal sealed record HistoryVerdict(
    IReadOnlyList<string> Violations,
    int Acknowledged,
    int Rejected,
    int Unknown,
    IReadOnlyList<Waited> Waits,
    CourseFold Facts,
    IReadOnlyDictionary<string, long> Counts)
{
    private static readonly TimeSpan _long = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _usualOver = TimeSpan.FromSeconds(5);

    /// <summary>The longest that any learner waited, of what was acknowledged after an instant.</summary>
    public Waited Worst(TimeSpan after) => Waits.Where(waited => waited.Until >= after).DefaultIfEmpty().MaxBy(waited => waited.For);

    /// <summary>What 99 of 100 events waited at most, of what was acknowledged in the seconds before an instant; zero when there was none.</summary>
    public TimeSpan Usual(TimeSpan before)
    {
        var waits = Waits.Where(waited => waited.Until < before && waited.Until >= before - _usualOver).Select(waited => waited.For).Order().ToArray();
        return waits.Length == 0 ? TimeSpan.Zero : waits[(waits.Length - 1) * 99 / 100];
    }

    /// <summary>How long after an instant the last event was acknowledged that had waited for more than a second.</summary>
    public TimeSpan RecoveredWithin(TimeSpan after) =>
        Waits.Where(waited => waited.Until >= after && waited.For > _long).Select(waited => waited.Until - after).DefaultIfEmpty().Max();
}
