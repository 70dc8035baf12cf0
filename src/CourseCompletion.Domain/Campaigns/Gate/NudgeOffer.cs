using System.Globalization;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>A campaign's wish to reach a learner: the gate decides.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="CampaignVersion">The version of its definition that the wish stems from.</param>
/// <param name="Occurrence">Names the occasion within the campaign, 1 to 128 bytes; one is decided once for a learner.</param>
/// <param name="Course">The course.</param>
/// <param name="DueAtMs">When it was due.</param>
/// <param name="IsScheduled">Whether the campaign's occurrences come in the order of their due times, so that an older one than the newest decided is a repeat.</param>
/// <param name="Variables">What its template needs and only the campaign knows, such as a question's text.</param>
public sealed record NudgeOffer(
    CampaignId Campaign,
    long CampaignVersion,
    string Occurrence,
    CourseId Course,
    long DueAtMs,
    bool IsScheduled,
    IReadOnlyList<KeyValuePair<TemplateVariable, string>> Variables)
{
    /// <summary>Whether the learner waits for it: then it stands outside caps, holdouts and experiments, never outside consent.</summary>
    public bool IsTransactional { get; init; }

    /// <summary>Whether what it would remind of is done: then it is not sent, and one that was deferred is closed.</summary>
    public bool IsDone { get; init; }

    /// <summary>From when on it is of no use: the beginning of the live session that it reminds of, which is offered in milliseconds. Null for what keeps its use.</summary>
    public long? UselessFromMs => Variables.FirstOrDefault(pair => pair.Key == TemplateVariable.SessionTime).Value is { } at && long.TryParse(at, NumberStyles.Integer, CultureInfo.InvariantCulture, out var atMs)
        ? atMs
        : null;

    /// <summary>The cluster of questions that it is about; none where no question brought it.</summary>
    public AssignmentCluster Cluster { get; init; }
}
