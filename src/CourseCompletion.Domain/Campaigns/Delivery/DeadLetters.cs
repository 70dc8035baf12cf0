using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Domain.Campaigns.Delivery;

/// <summary>The dead letters of a tenant, oldest first.</summary>
public sealed class DeadLetters
{
    private readonly SortedDictionary<long, DeadLetter> _letters = [];
    private readonly Dictionary<(string NudgeId, NudgeChannel Channel), long> _sequences = [];

    /// <summary>How many there are.</summary>
    public int Count => _letters.Count;

    /// <summary>The sequence that the next one gets.</summary>
    public long NextSequence { get; internal set; } = 1;

    /// <summary>How many went because there was no room for them.</summary>
    public long Overflowed { get; internal set; }

    /// <summary>The letters, oldest first.</summary>
    public IEnumerable<KeptDeadLetter> All => _letters.Select(letter => new KeptDeadLetter(letter.Key, letter.Value));

    /// <summary>The letter of a sequence; null when there is none.</summary>
    public DeadLetter? Find(long sequence) => _letters.GetValueOrDefault(sequence);

    internal void Put(long sequence, DeadLetter letter)
    {
        // A nudge that failed again is one letter, the newer.
        if (_sequences.TryGetValue((letter.NudgeId, letter.End.Channel), out var earlier))
        {
            Remove(earlier);
        }

        _letters.Add(sequence, letter);
        _sequences.Add((letter.NudgeId, letter.End.Channel), sequence);
    }

    internal bool Remove(long sequence) => _letters.Remove(sequence, out var letter) && _sequences.Remove((letter.NudgeId, letter.End.Channel));

    internal long OldestSequence() => _letters.Keys.First();
}
