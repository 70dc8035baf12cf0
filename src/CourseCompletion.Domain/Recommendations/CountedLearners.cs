using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>How many courses of each learner were counted, so that a row that comes again, or late, counts nothing twice.</summary>
/// <remarks>
/// Nine bytes a learner. Bounded in two generations: when the younger one is full, it becomes the older one and that is forgotten. Of learners who were forgotten only the
/// newest course counts when they come back: too little rather than twice.
/// </remarks>
internal sealed class CountedLearners(int learnersMax)
{
    private Dictionary<ulong, byte> _young = [];
    private Dictionary<ulong, byte> _old = [];

    /// <summary>How many learners it remembers.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>Whether some were forgotten.</summary>
    public bool HasForgotten { get; private set; }

    /// <summary>How many courses were counted of a learner.</summary>
    /// <param name="learnerHash">The hash of the learner's id.</param>
    /// <param name="total">How many the learner took.</param>
    public int CountedOf(ulong learnerHash, int total) =>
        _young.TryGetValue(learnerHash, out var counted) || _old.TryGetValue(learnerHash, out counted) ? counted
        : HasForgotten ? Math.Max(0, total - 1)
        : 0;

    /// <summary>Remembers how many were.</summary>
    public void Set(ulong learnerHash, int counted)
    {
        _old.Remove(learnerHash);
        _young[learnerHash] = (byte)Math.Min(byte.MaxValue, counted);
        if (_young.Count > learnersMax / 2)
        {
            HasForgotten |= _old.Count > 0;
            (_old, _young) = (_young, []);
        }
    }

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
                to.Byte(counted);
            }

            yield return to;
        }
    }

    /// <summary>Reads a piece back.</summary>
    public void Read(ref PayloadReader from)
    {
        HasForgotten |= from.Bool();
        for (var left = from.Count(); left > 0; left--)
        {
            var learner = from.Fixed64();
            Set(learner, from.Byte());
        }
    }
}
