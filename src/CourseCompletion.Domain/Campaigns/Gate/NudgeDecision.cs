using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>What the gate decided about one occurrence of a campaign for one learner, as the journal records it.</summary>
public sealed record NudgeDecision
{
    /// <summary>The nudge (<see cref="NudgeIds"/>): the same for every decision about the same occurrence, and its idempotency key for channels.</summary>
    public required UInt128 Id { get; init; }

    /// <summary>The campaign.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>The version of its definition.</summary>
    public required long CampaignVersion { get; init; }

    /// <summary>The occurrence within the campaign.</summary>
    public required string Occurrence { get; init; }

    /// <summary>The course.</summary>
    public required CourseId Course { get; init; }

    /// <summary>What it is for.</summary>
    public required NudgePurpose Purpose { get; init; }

    /// <summary>When it was due.</summary>
    public required long DueAtMs { get; init; }

    /// <summary>When the gate decided.</summary>
    public required long DecidedAtMs { get; init; }

    /// <summary>The decision.</summary>
    public required NudgeVerdict Verdict { get; init; }

    /// <summary>Its reason.</summary>
    public NudgeReason Reason { get; init; }

    /// <summary>The learner's side in the campaign's experiment.</summary>
    public AssignmentGroup Group { get; init; }

    /// <summary>Whether the learner waits for it: then it stands outside caps, holdouts and experiments.</summary>
    public bool IsTransactional { get; init; }

    /// <summary>The arm that was drawn; "" before the draw.</summary>
    public string Arm { get; init; } = "";

    /// <summary>The probability with which that arm was drawn, 0 to 1; 0 before the draw.</summary>
    public float Propensity { get; init; }

    /// <summary>The arms that could have been drawn, with their probabilities; empty before the draw.</summary>
    public IReadOnlyList<ArmPropensity> Awake { get; init; } = [];

    /// <summary>The arm's template; "" without one.</summary>
    public string Template { get; init; } = "";

    /// <summary>The channel by which it goes, or would have gone but for the experiment; unspecified when nothing is sent.</summary>
    public NudgeChannel Channel { get; init; }

    /// <summary>The learner's completion probability at the decision.</summary>
    public float Probability { get; init; }

    /// <summary>When a deferred one is to be decided again; 0 otherwise.</summary>
    public long RetryAtMs { get; init; }

    /// <summary>The values of the template's variables, as they were then.</summary>
    public IReadOnlyList<KeyValuePair<TemplateVariable, string>> Variables { get; init; } = [];

    /// <summary>With whom the learner's side was drawn.</summary>
    public AssignmentCluster Cluster { get; init; }

    /// <summary>What it was drawn with whether to send at all; null where the campaign does not send on expected gain, and before the draw.</summary>
    public UpliftDraw? Uplift { get; init; }

    /// <summary>The nudge that opened the digest which this one is a part of, itself perhaps; 0 for one that goes out alone.</summary>
    public UInt128 Digest { get; init; }

    /// <summary>Whether it counts against the caps: it was sent, or would have been but for the experiment. Of a digest only the nudge that opened it does.</summary>
    public bool CountsAgainstCaps => Verdict is NudgeVerdict.Sent or NudgeVerdict.WouldSend && !IsTransactional && (Digest == default || Digest == Id);

    /// <inheritdoc/>
    public bool Equals(NudgeDecision? other) =>
        other is not null
        && Id == other.Id && Campaign == other.Campaign && CampaignVersion == other.CampaignVersion && Occurrence == other.Occurrence && Course == other.Course
        && Purpose == other.Purpose && DueAtMs == other.DueAtMs && DecidedAtMs == other.DecidedAtMs && Verdict == other.Verdict && Reason == other.Reason
        && Group == other.Group && IsTransactional == other.IsTransactional && Arm == other.Arm && Propensity.Equals(other.Propensity) && Awake.SequenceEqual(other.Awake) && Template == other.Template
        && Channel == other.Channel && Probability.Equals(other.Probability) && RetryAtMs == other.RetryAtMs && Uplift == other.Uplift && Digest == other.Digest && Variables.SequenceEqual(other.Variables)
        && Cluster == other.Cluster;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Verdict, DecidedAtMs);
}
