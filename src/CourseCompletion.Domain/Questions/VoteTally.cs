using System.Collections.Immutable;

namespace CourseCompletion.Domain.Questions;

/// <summary>The votes on a question or an answer: one a learner, of which the last one counts.</summary>
public sealed class VoteTally
{
    private readonly ImmutableSortedDictionary<ulong, bool> _isUp;

    private VoteTally(ImmutableSortedDictionary<ulong, bool> isUp, int ups) => (_isUp, Ups) = (isUp, ups);

    /// <summary>No votes.</summary>
    public static VoteTally None { get; } = new(ImmutableSortedDictionary<ulong, bool>.Empty, 0);

    /// <summary>How many are for it.</summary>
    public int Ups { get; }

    /// <summary>How many are against it.</summary>
    public int Downs => _isUp.Count - Ups;

    /// <summary>Those for it less those against it.</summary>
    public int Score => Ups - Downs;

    /// <summary>How many learners voted.</summary>
    public int Voters => _isUp.Count;

    /// <summary>Every vote: who, by <see cref="QuestionIds.OfVoter"/> and ascending, and whether for it.</summary>
    public IEnumerable<KeyValuePair<ulong, bool>> All => _isUp;

    /// <summary>Whether a learner voted.</summary>
    public bool Has(ulong voter) => _isUp.ContainsKey(voter);

    /// <summary>The tally after a learner's vote; the same one when nothing changes.</summary>
    public VoteTally With(ulong voter, QuestionVote vote)
    {
        var votes = vote == QuestionVote.Withdrawn ? _isUp.Remove(voter) : _isUp.SetItem(voter, vote == QuestionVote.Up);
        if (ReferenceEquals(votes, _isUp))
        {
            return this;
        }

        var before = _isUp.TryGetValue(voter, out var wasUp) && wasUp ? 1 : 0;
        return new(votes, Ups - before + (vote == QuestionVote.Up ? 1 : 0));
    }

    /// <summary>A tally of votes that were kept.</summary>
    public static VoteTally Of(IReadOnlyCollection<KeyValuePair<ulong, bool>> votes) =>
        votes.Count == 0 ? None : new(ImmutableSortedDictionary.CreateRange(votes), votes.Count(vote => vote.Value));
}
