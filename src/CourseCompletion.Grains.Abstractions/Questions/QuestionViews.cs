using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;

namespace CourseCompletion.Grains.Abstractions.Questions;

/// <summary>What became of a request about a question.</summary>
/// <param name="Question">The question as it is now; null when it was refused, or when there is no such question.</param>
/// <param name="Fault">Why it was refused; null when it was not.</param>
/// <param name="Answer">The answer that the request gave; "" for any other request.</param>
[GenerateSerializer, Alias("cc.question-outcome"), Immutable]
public sealed record QuestionOutcome([property: Id(0)] QuestionView? Question, [property: Id(1)] Rejection? Fault, [property: Id(2)] string Answer);

/// <summary>A question as readers see it.</summary>
[GenerateSerializer, Alias("cc.question-view"), Immutable]
public sealed record QuestionView
{
    /// <summary>The question.</summary>
    [Id(0)]
    public required string Question { get; init; }

    /// <summary>Who asked.</summary>
    [Id(1)]
    public required string Asker { get; init; }

    /// <summary>The lesson; "" for the course.</summary>
    [Id(2)]
    public required string Lesson { get; init; }

    /// <summary>What was asked.</summary>
    [Id(3)]
    public required string Text { get; init; }

    /// <summary>When it was asked.</summary>
    [Id(4)]
    public required long AskedAtMs { get; init; }

    /// <summary>When it was changed last.</summary>
    [Id(5)]
    public required long ChangedAtMs { get; init; }

    /// <summary>Votes for it.</summary>
    [Id(6)]
    public required int UpVotes { get; init; }

    /// <summary>Votes against it.</summary>
    [Id(7)]
    public required int DownVotes { get; init; }

    /// <summary>How many answers it has.</summary>
    [Id(8)]
    public required int AnswerCount { get; init; }

    /// <summary>The accepted answer; "" for none.</summary>
    [Id(9)]
    public required string AcceptedAnswer { get; init; }

    /// <summary>Whether someone else than the asker answered.</summary>
    [Id(10)]
    public required bool IsAnswered { get; init; }

    /// <summary>Whether nobody answered in time.</summary>
    [Id(11)]
    public required bool IsOverdue { get; init; }

    /// <summary>The answers, oldest first; none in pages and watches.</summary>
    [Id(12)]
    public required AnswerView[] Answers { get; init; }
}

/// <summary>An answer as readers see it.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Learner">Who gave it.</param>
/// <param name="Text">What it says.</param>
/// <param name="AtMs">When it was given.</param>
/// <param name="UpVotes">Votes for it.</param>
/// <param name="DownVotes">Votes against it.</param>
/// <param name="IsAccepted">Whether the asker accepted it.</param>
[GenerateSerializer, Alias("cc.answer-view"), Immutable]
public sealed record AnswerView(
    [property: Id(0)] string Answer,
    [property: Id(1)] string Learner,
    [property: Id(2)] string Text,
    [property: Id(3)] long AtMs,
    [property: Id(4)] int UpVotes,
    [property: Id(5)] int DownVotes,
    [property: Id(6)] bool IsAccepted);

/// <summary>Asks for a page of questions.</summary>
/// <param name="Filter">Which ones.</param>
/// <param name="Lesson">Those of a lesson; "" for all.</param>
/// <param name="Order">In which order.</param>
/// <param name="Limit">At most so many, 1 to 100.</param>
/// <param name="After">The last one already seen; null to start.</param>
/// <param name="Asker">Those that a learner asked; null for all.</param>
[GenerateSerializer, Alias("cc.question-query"), Immutable]
public sealed record QuestionQuery(
    [property: Id(0)] QuestionFilter Filter,
    [property: Id(1)] string Lesson,
    [property: Id(2)] QuestionOrder Order,
    [property: Id(3)] int Limit,
    [property: Id(4)] QuestionCursor? After,
    [property: Id(5)] string? Asker = null);

/// <summary>Where a page begins: after this.</summary>
/// <param name="Score">The question's votes for it less those against it.</param>
/// <param name="AskedAtMs">When it was asked.</param>
/// <param name="Question">The question.</param>
[GenerateSerializer, Alias("cc.question-cursor"), Immutable]
public sealed record QuestionCursor([property: Id(0)] int Score, [property: Id(1)] long AskedAtMs, [property: Id(2)] string Question);

/// <summary>A page of questions.</summary>
/// <param name="Questions">The questions.</param>
/// <param name="IsLast">Whether none follows.</param>
[GenerateSerializer, Alias("cc.question-page"), Immutable]
public sealed record QuestionPage([property: Id(0)] QuestionView[] Questions, [property: Id(1)] bool IsLast);

/// <summary>What changed.</summary>
/// <param name="Questions">The questions that did, at most 100, those changed longest ago first.</param>
/// <param name="Revision">What to watch from next.</param>
[GenerateSerializer, Alias("cc.question-changes"), Immutable]
public sealed record QuestionChanges([property: Id(0)] QuestionView[] Questions, [property: Id(1)] long Revision);

/// <summary>A live session.</summary>
/// <param name="Session">Names it within its course, 1 to 96 bytes.</param>
/// <param name="Title">What it is called.</param>
/// <param name="StartsAtMs">When it begins.</param>
/// <param name="Link">Where it takes place: an absolute address of at most 1 KiB; "" for none.</param>
/// <param name="LeadMs">How long before it begins learners are reminded, 1 minute to 7 days.</param>
[GenerateSerializer, Alias("cc.question-session"), Immutable]
public sealed record SessionView(
    [property: Id(0)] string Session, [property: Id(1)] string Title, [property: Id(2)] long StartsAtMs, [property: Id(3)] string Link = "", [property: Id(4)] long LeadMs = QuestionPolicy.SessionLeadMsDefault);

/// <summary>What became of a session's scheduling.</summary>
/// <param name="Session">The session; null when it was refused.</param>
/// <param name="Fault">Why it was refused.</param>
[GenerateSerializer, Alias("cc.session-outcome"), Immutable]
public sealed record SessionOutcome([property: Id(0)] SessionView? Session, [property: Id(1)] Rejection? Fault);
