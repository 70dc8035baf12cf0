using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Audience;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Campaigns;

/// <summary>A campaign: whom it reminds of what, when, in which ways, and how its effect is proven. An immutable version.</summary>
public sealed record CampaignDefinition
{
    /// <summary>The campaign.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>Grows with each change, from 1.</summary>
    public long Version { get; init; }

    /// <summary>What course teams call it.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it is for.</summary>
    public required NudgePurpose Purpose { get; init; }

    /// <summary>Whether it runs.</summary>
    public CampaignStatus Status { get; init; } = CampaignStatus.Active;

    /// <summary>The courses whose learners it reaches, 1 to 16.</summary>
    public required IReadOnlyList<CourseId> Courses { get; init; }

    /// <summary>Which learners of them.</summary>
    public AudienceFilter Audience { get; init; } = AudienceFilter.Everybody;

    /// <summary>When it falls due, at most once on a learner-local day.</summary>
    public required NudgeTiming Timing { get; init; }

    /// <summary>What it wants; who has done it gets nothing.</summary>
    public CampaignGoal Goal { get; init; }

    /// <summary>How check-ins count, for a check-in campaign; null for any other.</summary>
    public CheckInPlan? CheckIn { get; init; }

    /// <summary>What it reminds of, for a campaign about questions.</summary>
    public QuestionOccasions Occasions { get; init; } = QuestionOccasions.All;

    /// <summary>When it begins; null for at once.</summary>
    public long? StartsAtMs { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public long? EndsAtMs { get; init; }

    /// <summary>How long after its due time a nudge is still sent, 0 to 24 h; what the cluster misses for longer is skipped.</summary>
    public long GraceMs { get; init; } = 2L * 3_600_000;

    /// <summary>What becomes of one that falls into quiet hours.</summary>
    public QuietHoursRule QuietHours { get; init; }

    /// <summary>The texts.</summary>
    public IReadOnlyList<NudgeTemplate> Templates { get; init; } = [];

    /// <summary>The ways to reach a learner, 1 to 8.</summary>
    public IReadOnlyList<CampaignArm> Arms { get; init; } = [];

    /// <summary>Whether the campaign learns from what came of its nudges which arm to take, and the weights are only where it begins; else the weights stand.</summary>
    public bool LearnsArms { get; init; }

    /// <summary>Whether the campaign learns from the same whom a nudge helps, and sends nothing where it expects no gain; then every arm sends.</summary>
    public bool SendsOnExpectedGain { get; init; }

    /// <summary>The share of learners in the control group, 0 to 0.9.</summary>
    public double ControlShare { get; init; }

    /// <summary>What the assignment's hash begins with; fixed when the campaign is created.</summary>
    public string Salt { get; init; } = "";

    /// <summary>For what a side is drawn; fixed when the campaign is created.</summary>
    public AssignmentUnit Unit { get; init; }

    /// <summary>How many learners it could reach when it was created: intervals are tuned to it, once and for all.</summary>
    public long EligibleAtCreation { get; init; }

    /// <summary>When it was created.</summary>
    public long CreatedAtMs { get; init; }

    /// <summary>When it was changed last.</summary>
    public long UpdatedAtMs { get; init; }

    /// <summary>Whether it falls due by its timing; reminders of questions fall due by what happens to the questions.</summary>
    public bool IsTimed => Purpose != NudgePurpose.Questions;

    /// <summary>Whether its nudges are reminders that a learner set: check-ins of a learner who wants to be reminded at a time of their own.</summary>
    /// <param name="reminderMinute">That time, in minutes after local midnight; null for none.</param>
    public bool IsAskedFor(int? reminderMinute) => CheckIn is not null && reminderMinute is not null;

    /// <summary>When it is due for a learner: at the time that the learner set, on the campaign's days, or as the campaign says.</summary>
    /// <param name="reminderMinute">That time, in minutes after local midnight; null for none.</param>
    public NudgeTiming TimingFor(int? reminderMinute) =>
        IsAskedFor(reminderMinute) ? Timing with { Kind = NudgeTimingKind.FixedTime, LocalMinute = reminderMinute!.Value } : Timing;

    /// <summary>Whether nudges may be decided at an instant.</summary>
    public bool IsOpenAt(long atMs) => Status == CampaignStatus.Active && !(atMs < StartsAtMs) && !(atMs >= EndsAtMs);

    /// <summary>Whether it learns anything from what came of its nudges.</summary>
    public bool Learns => LearnsArms || SendsOnExpectedGain;

    /// <summary>The template of an id, or null.</summary>
    public NudgeTemplate? FindTemplate(string id)
    {
        foreach (var template in Templates)
        {
            if (template.Id == id)
            {
                return template;
            }
        }

        return null;
    }

    /// <summary>The arm of an id, or null.</summary>
    public CampaignArm? FindArm(string id)
    {
        foreach (var arm in Arms)
        {
            if (arm.Id == id)
            {
                return arm;
            }
        }

        return null;
    }

    /// <summary>Whether another version says the same, but for its number and times.</summary>
    public bool HasContentOf(CampaignDefinition other) =>
        Campaign == other.Campaign && Title == other.Title && Purpose == other.Purpose && Status == other.Status && Audience == other.Audience && Timing == other.Timing
        && Goal == other.Goal && Occasions == other.Occasions && CheckIn == other.CheckIn && StartsAtMs == other.StartsAtMs && EndsAtMs == other.EndsAtMs && GraceMs == other.GraceMs
        && QuietHours == other.QuietHours && LearnsArms == other.LearnsArms && SendsOnExpectedGain == other.SendsOnExpectedGain && ControlShare.Equals(other.ControlShare) && Salt == other.Salt && Unit == other.Unit
        && Courses.SequenceEqual(other.Courses) && Templates.SequenceEqual(other.Templates) && Arms.SequenceEqual(other.Arms);
}
