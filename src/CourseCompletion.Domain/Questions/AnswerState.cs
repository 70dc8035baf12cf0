using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>One answer.</summary>
public sealed record AnswerState
{
    /// <summary>The answer.</summary>
    public required AnswerId Id { get; init; }

    /// <summary>Who gave it.</summary>
    public required LearnerId Learner { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>When it was given.</summary>
    public required long AtMs { get; init; }

    /// <summary>The votes on it.</summary>
    public VoteTally Votes { get; init; } = VoteTally.None;

    /// <summary>Whether the asker is, or was, to be reminded of it.</summary>
    public bool IsReminded { get; init; }
}
