using CourseCompletion.Domain.Campaigns;

namespace CourseCompletion.Domain.Questions;

/// <summary>What a course's board knows besides the questions themselves, each of which is stored by itself. An immutable version.</summary>
public sealed record BoardState
{
    /// <summary>A board on which nothing happened.</summary>
    public static BoardState Empty { get; } = new();

    /// <summary>The revision when this was stored; questions may have later ones.</summary>
    public long Revision { get; init; }

    /// <summary>The questions that are kept, in the order in which they were asked. One whose record is missing was never acknowledged.</summary>
    public IReadOnlyList<QuestionId> Questions { get; init; } = [];

    /// <summary>The campaigns to tell.</summary>
    public IReadOnlyList<QuestionListener> Listeners { get; init; } = [];

    /// <summary>The live sessions, by their beginning.</summary>
    public IReadOnlyList<QuestionSession> Sessions { get; init; } = [];

    /// <summary>The campaigns that run and remind of an occasion.</summary>
    public IReadOnlyList<CampaignId> CampaignsFor(QuestionOccasions occasion) =>
        [.. Listeners.Where(listener => listener.Occasions.HasFlag(occasion)).Select(listener => listener.Campaign)];

    /// <summary>The version of a campaign that the board knows; 1 for one that it does not.</summary>
    public long VersionOf(CampaignId campaign) => Listeners.FirstOrDefault(listener => listener.Campaign == campaign) is { Version: > 0 } known ? known.Version : 1;
}
