namespace CourseCompletion.Domain.Questions;

/// <summary>The numbers that questions and answers are decided with.</summary>
public sealed record QuestionPolicy
{
    /// <summary>How long before a live session begins it is reminded of unless it says otherwise: 1 h.</summary>
    public const long SessionLeadMsDefault = HourMs;

    private const long HourMs = 3_600_000;

    /// <summary>The policy with its documented defaults.</summary>
    public static QuestionPolicy Default { get; } = new();

    /// <summary>The longest text of a question or an answer, in bytes of UTF-8: as long as an event's. Default 4,096.</summary>
    public int TextBytesMax { get; init; } = Learners.LearnerEventRules.TextBytesMax;

    /// <summary>How many unanswered questions a course has at most. Default 2,000.</summary>
    public int OpenMax { get; init; } = 2_000;

    /// <summary>How many questions a course keeps; above it the answered one goes that was changed longest ago. Default 4,000.</summary>
    public int KeptMax { get; init; } = 4_000;

    /// <summary>What a course's questions take at most, in bytes; above it answered ones go as above. Default 32 MiB.</summary>
    public long BoardBytesMax { get; init; } = 32L << 20;

    /// <summary>How many answers a question has at most. Default 50.</summary>
    public int AnswersMax { get; init; } = 50;

    /// <summary>How many learners vote on a question or an answer at most. Default 4,096.</summary>
    public int VotersMax { get; init; } = 4_096;

    /// <summary>How many votes and acceptances of a question are recognised when they are sent again: the newest ones. Default 256.</summary>
    public int RequestsMax { get; init; } = 256;

    /// <summary>After how long without an answer likely answerers are asked. Default 12 h.</summary>
    public long LikelyAfterMs { get; init; } = 12 * HourMs;

    /// <summary>After how long without an answer the course team sees it as overdue. Default 24 h.</summary>
    public long OverdueAfterMs { get; init; } = 24 * HourMs;

    /// <summary>How many likely answerers are asked. Default 20.</summary>
    public int LikelyMax { get; init; } = 20;

    /// <summary>Within how long an answerer must have been active to be a likely one. Default 14 days.</summary>
    public long LikelyActiveMs { get; init; } = 14 * 24 * HourMs;

    /// <summary>For how long a further answer to someone who has not read the one before brings no reminder of its own. Default 12 h.</summary>
    public long UnreadSpellMs { get; init; } = 12 * HourMs;

    /// <summary>How similar another question must be (<see cref="QuestionLikeness"/>). Default 0.35.</summary>
    public double SimilarMin { get; init; } = 0.35;

    /// <summary>How many sessions that have not begun a course has at most. Default 64.</summary>
    public int SessionsMax { get; init; } = 64;

    /// <summary>How many campaigns are told of one course's questions. Default 32.</summary>
    public int ListenersMax { get; init; } = 32;
}
