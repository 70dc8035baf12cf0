using System.Globalization;

namespace CourseCompletion.Domain.Questions;

/// <summary>A live session in which questions are answered. An immutable version.</summary>
public sealed record QuestionSession
{
    /// <summary>Names it within its course, 1 to 96 bytes.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Where it takes place: an absolute address; "" for none.</summary>
    public string Link { get; init; } = "";

    /// <summary>When it begins.</summary>
    public required long StartsAtMs { get; init; }

    /// <summary>How long before it begins learners are reminded.</summary>
    public long LeadMs { get; init; } = QuestionPolicy.SessionLeadMsDefault;

    /// <summary>How far it has come.</summary>
    public SessionStage Stage { get; init; }

    /// <summary>Who is reminded; nobody before the reminding begins.</summary>
    public IReadOnlyList<SessionAsker> Reminded { get; init; } = [];

    /// <summary>When learners are reminded.</summary>
    public long RemindsAtMs => StartsAtMs - LeadMs;

    /// <summary>The occurrence that it is to campaigns; one that is moved is another occurrence.</summary>
    public string Occurrence => string.Create(CultureInfo.InvariantCulture, $"session:{Id}@{StartsAtMs / 60_000}");

    /// <summary>Whether the course team sees it.</summary>
    public bool IsAhead(long atMs) => Stage != SessionStage.Withdrawing && StartsAtMs > atMs;
}
