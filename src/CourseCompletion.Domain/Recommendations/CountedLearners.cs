using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>How many courses and completions of each learner were counted, so that a row that comes again, or late, counts nothing twice.</summary>
/// <remarks>
/// Ten bytes a learner. Bounded in two generations: when the younger one is full, it becomes the older one and that is forgotten. Of learners who were forgotten, when they come back, only the
/// newest course counts, and nothing where they have completions, for then that may be the news: too little rather than twice.
/// </remarks>
internal sealed class CountedLearners(int learnersMax)
{
    private const byte CompletionsAddition = 1;

    // Of a learner from a checkpoint of before completions were counted. The completions until the next row then belong to courses whose taking was not counted beside them.
    private const byte Unknown = byte.MaxValue;

    private Dictionary<ulong, Counts> _young = [];
    private Dictionary<ulong, Counts> _old = [];

    /// <summary>How many learners it remembers.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>Whether some were forgotten.</summary>
    public bool HasForgotten { get; private set; }

    /// <summary>How many courses and how many completions of a learner are not to be counted (again).</summary>
    /// <param name="learnerHash">The hash of the learner's id.</param>
    /// <param name="row">What the learner took and completed.</param>
    public (int Taken, int Completed) CountedOf(ulong learnerHash, TasteRow row)
    {
        if (TryFind(learnerHash, out var counted))
        {
            return (counted.Taken, counted.Completed == Unknown ? row.CompletedTotal : counted.Completed);
        }

        return !HasForgotten ? (0, 0)
            : row.CompletedTotal == 0 ? (Math.Max(0, row.Total - 1), 0)
            : (row.Total, row.CompletedTotal);
    }

    /// <summary>Remembers how many were counted; tells whether that is news. What is less than was remembered changes nothing.</summary>
    public bool Set(ulong learnerHash, int taken, int completed) => Set(learnerHash, new Counts((byte)Math.Min(byte.MaxValue, taken), (byte)Math.Min(Unknown - 1, completed)));

    /// <summary>Encodes everything in pieces.</summary>
    /// <param name="learnersPerPiece">How many learners a piece has at most.</param>
    /// <param name="begin">Begins a piece.</param>
    public IEnumerable<PayloadWriter> Write(int learnersPerPiece, Func<PayloadWriter> begin)
    {
        // The older generation first: read back in this order it is the older one again.
        foreach (var chunk in _old.Concat(_young).Chunk(learnersPerPiece))
        {
            var to = begin();
            to.Bool(HasForgotten);
            to.UInt((uint)chunk.Length);
            foreach (var (learner, counted) in chunk)
            {
                to.Fixed64(learner);
                to.Byte(counted.Taken);
            }

            // An addition: earlier releases leave it unread.
            to.Byte(CompletionsAddition);
            foreach (var (_, counted) in chunk)
            {
                to.Byte(counted.Completed);
            }

            yield return to;
        }
    }

    /// <summary>Reads a piece back.</summary>
    public void Read(ref PayloadReader from)
    {
        HasForgotten |= from.Bool();
        var learners = new (ulong Hash, byte Taken)[from.Count()];
        foreach (ref var learner in learners.AsSpan())
        {
            learner = (from.Fixed64(), from.Byte());
        }

        var hasCompletions = !from.IsAtEnd && from.Byte() == CompletionsAddition;
        foreach (var (hash, taken) in learners)
        {
            Set(hash, new Counts(taken, hasCompletions ? from.Byte() : Unknown));
        }
    }

    private bool Set(ulong learnerHash, Counts counts)
    {
        if (TryFind(learnerHash, out var before))
        {
            var taken = Math.Max(before.Taken, counts.Taken);
            counts = new(taken, before.Completed == Unknown ? counts.Completed : Math.Max(before.Completed, counts.Completed));

            // A row without completions says nothing of how many are unknown.
            if (counts == before || counts == before with { Completed = 0 })
            {
                return false;
            }
        }

        _old.Remove(learnerHash);
        _young[learnerHash] = counts;
        if (_young.Count > learnersMax / 2)
        {
            HasForgotten |= _old.Count > 0;
            (_old, _young) = (_young, []);
        }

        return true;
    }

    private bool TryFind(ulong learnerHash, out Counts counted) => _young.TryGetValue(learnerHash, out counted) || _old.TryGetValue(learnerHash, out counted);

    private readonly record struct Counts(byte Taken, byte Completed);
}
