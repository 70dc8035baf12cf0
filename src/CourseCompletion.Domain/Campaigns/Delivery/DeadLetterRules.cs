using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Delivery;

/// <summary>How a tenant's dead letters change.</summary>
public static class DeadLetterRules
{
    /// <summary>How many are kept; the oldest go first and are counted.</summary>
    public const int LettersMax = 10_000;

    /// <summary>How many are listed, dropped or re-driven at once.</summary>
    public const int PageMax = 500;

    /// <summary>Adds letters; one of a nudge and channel that is there already takes its place, so that taking twice does no harm.</summary>
    public static void Take(DeadLetters letters, IReadOnlyList<DeadLetter> taken, int lettersMax = LettersMax)
    {
        foreach (var letter in taken)
        {
            letters.Put(letters.NextSequence++, letter);
            if (letters.Count > lettersMax)
            {
                letters.Remove(letters.OldestSequence());
                letters.Overflowed++;
            }
        }
    }

    /// <summary>Lists letters, oldest first.</summary>
    /// <param name="letters">The letters.</param>
    /// <param name="after">The sequence after which to begin; 0 for the beginning.</param>
    /// <param name="limit">How many at most, from 1 to <see cref="PageMax"/>; what lies outside is moved to the nearer end.</param>
    public static IReadOnlyList<KeptDeadLetter> List(DeadLetters letters, long after, int limit) =>
        [.. letters.All.SkipWhile(letter => letter.Sequence <= after).Take(Math.Clamp(limit, 1, PageMax))];

    /// <summary>Checks sequences that a caller names; null when they can be taken.</summary>
    public static Rejection? CheckNamed(IReadOnlyCollection<long>? sequences) => sequences is { Count: > 0 and <= PageMax }
        ? null
        : new(sequences is { Count: > 0 } ? RejectionReason.LimitExceeded : RejectionReason.MissingField, "sequences", $"Name from 1 to {PageMax} letters by their sequences.");

    /// <summary>The letters of sequences, each once, without those that are not there.</summary>
    public static IReadOnlyList<KeptDeadLetter> Find(DeadLetters letters, IEnumerable<long> sequences) =>
        [.. sequences.Distinct().Select(sequence => (Sequence: sequence, Letter: letters.Find(sequence))).Where(found => found.Letter is not null).Select(found => new KeptDeadLetter(found.Sequence, found.Letter!))];

    /// <summary>Removes letters; returns how many of them were there.</summary>
    public static int Drop(DeadLetters letters, IEnumerable<long> sequences) => sequences.Count(letters.Remove);
}
