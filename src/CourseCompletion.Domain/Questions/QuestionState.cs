using System.Text;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>One question with its answers, votes and what has still to happen because of it. An immutable version.</summary>
public sealed record QuestionState
{
    // Ids, times and lists, roughly.
    private const int BytesFixed = 256;
    private const int BytesPerVote = 9;

    /// <summary>The question.</summary>
    public required QuestionId Id { get; init; }

    /// <summary>Who asked.</summary>
    public required LearnerId Asker { get; init; }

    /// <summary>The lesson that it is about; "" for the course.</summary>
    public string Lesson { get; init; } = "";

    /// <summary>What was asked.</summary>
    public required string Text { get; init; }

    /// <summary>When it was asked.</summary>
    public required long AskedAtMs { get; init; }

    /// <summary>The answers, oldest first.</summary>
    public IReadOnlyList<AnswerState> Answers { get; init; } = [];

    /// <summary>The accepted answer; null for none. One of <see cref="Answers"/>.</summary>
    public AnswerId? Accepted { get; init; }

    /// <summary>The votes on the question.</summary>
    public VoteTally Votes { get; init; } = VoteTally.None;

    /// <summary>How many of the answers, from the first, the asker has read.</summary>
    public int AnswersRead { get; init; }

    /// <summary>When likely answerers were chosen; 0 while they were not.</summary>
    public long LikelyAtMs { get; init; }

    /// <summary>When those who watch the board were told that nobody had answered in time; 0 while they were not.</summary>
    public long OverdueAtMs { get; init; }

    /// <summary>When readers saw a change last.</summary>
    public long ChangedAtMs { get; init; }

    /// <summary>The board's revision of that change.</summary>
    public long Revision { get; init; }

    /// <summary>The newest votes and acceptances (<see cref="QuestionIds.OfRequest"/>), oldest first.</summary>
    public IReadOnlyList<ulong> Requests { get; init; } = [];

    /// <summary>What has still to happen, in its order.</summary>
    public IReadOnlyList<QuestionEffect> Pending { get; init; } = [];

    /// <summary>Whether someone else than the asker answered.</summary>
    public bool IsAnswered => Answers.Any(answer => answer.Learner != Asker);

    /// <summary>Roughly what it takes in memory and in the store, in bytes.</summary>
    public long Bytes => BytesFixed + Encoding.UTF8.GetByteCount(Text) + (Votes.Voters * BytesPerVote) + (Requests.Count * sizeof(ulong)) + (Pending.Count * BytesFixed)
        + Answers.Sum(answer => BytesFixed + Encoding.UTF8.GetByteCount(answer.Text) + (long)(answer.Votes.Voters * BytesPerVote));

    /// <summary>The answer of an id, or null.</summary>
    public AnswerState? Find(AnswerId id) => Answers.FirstOrDefault(answer => answer.Id == id);

    /// <summary>Whether the course team should look at it: nobody answered in time.</summary>
    public bool IsOverdueAt(long atMs, QuestionPolicy policy) => !IsAnswered && atMs >= AskedAtMs + policy.OverdueAfterMs;
}
