using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>The layout of decisions inside frames, and of what a snapshot keeps of nudges.</summary>
public static class NudgeLogCodec
{
    // Without what draws of sends and clusters leave behind, and without digests.
    private const byte FormatWithoutDraws = 3;

    /// <summary>Writes a decision.</summary>
    public static void WriteDecision(PayloadWriter to, NudgeDecision decision)
    {
        to.Fixed128(decision.Id);
        to.Text(decision.Campaign.Value);
        to.UInt((ulong)decision.CampaignVersion);
        to.Text(decision.Occurrence);
        to.Text(decision.Course.Value);
        to.Byte((byte)decision.Purpose);
        to.Int(decision.DueAtMs);
        to.Int(decision.DecidedAtMs);
        to.Byte((byte)decision.Verdict);
        to.Byte((byte)decision.Reason);
        to.Byte((byte)decision.Group);
        to.Bool(decision.IsTransactional);
        to.Text(decision.Arm);
        to.Float(decision.Propensity);
        to.UInt((uint)decision.Awake.Count);
        foreach (var (arm, propensity) in decision.Awake)
        {
            to.Text(arm.Value);
            to.Double(propensity);
        }

        to.Text(decision.Template);
        to.Byte((byte)decision.Channel);
        to.Float(decision.Probability);
        to.Int(decision.RetryAtMs);
        to.UInt((uint)decision.Variables.Count);
        foreach (var (variable, value) in decision.Variables)
        {
            to.Byte((byte)variable);
            to.Text(value);
        }

        UpliftTrackCodec.Write(to, decision.Uplift);
        to.Bool(decision.Digest != default);
        if (decision.Digest != default)
        {
            to.Fixed128(decision.Digest);
        }
        to.UInt(decision.Cluster.Value);
    }

    /// <summary>Reads a decision of a frame's or a snapshot's format; both have the same numbers for it.</summary>
    /// <exception cref="StoreCorruptException">The bytes end early.</exception>
    public static NudgeDecision ReadDecision(ref PayloadReader from, byte format) => new()
    {
        // An object initializer runs in the order written, which is the order of the layout.
        Id = from.Fixed128(),
        Campaign = new CampaignId(from.Text()),
        CampaignVersion = (long)from.UInt(),
        Occurrence = from.Text(),
        Course = new CourseId(from.Text()),
        Purpose = (NudgePurpose)from.Byte(),
        DueAtMs = from.Int(),
        DecidedAtMs = from.Int(),
        Verdict = (NudgeVerdict)from.Byte(),
        Reason = (NudgeReason)from.Byte(),
        Group = (AssignmentGroup)from.Byte(),
        IsTransactional = from.Bool(),
        Arm = from.Text(),
        Propensity = from.Float(),
        Awake = ReadAwake(ref from),
        Template = from.Text(),
        Channel = (NudgeChannel)from.Byte(),
        Probability = from.Float(),
        RetryAtMs = from.Int(),
        Variables = ReadVariables(ref from),
        Uplift = format > FormatWithoutDraws ? UpliftTrackCodec.ReadDraw(ref from) : null,
        Digest = format > FormatWithoutDraws && from.Bool() ? from.Fixed128() : default,
        Cluster = ReadCluster(ref from, format > FormatWithoutDraws),
    };

    /// <summary>Writes a log.</summary>
    public static void Write(PayloadWriter to, NudgeLog log)
    {
        to.UInt((uint)log.Entries.Count);
        foreach (var entry in log.Entries)
        {
            WriteDecision(to, entry.Decision);
            to.Int(entry.OpenedAtMs);
            to.Int(entry.DismissedAtMs);
            to.Int(entry.UniqueMs);
            to.Int(entry.ActedAtMs);
            to.Byte((byte)entry.Delivery);
            to.Int(entry.DeliveryEndedAtMs);
            to.Bool(entry.IsFinished);
            to.UInt((ulong)entry.ChangedAtSequence);
        }

        to.UInt((uint)log.Memberships.Count);
        foreach (var membership in log.Memberships)
        {
            WriteMembership(to, membership);
        }
    }

    /// <summary>Reads a log of a snapshot's format.</summary>
    /// <exception cref="StoreCorruptException">The bytes end early.</exception>
    public static NudgeLog Read(ref PayloadReader from, byte format)
    {
        var log = new NudgeLog();
        for (var left = from.Count(); left > 0; left--)
        {
            log.Entries.Add(new(ReadDecision(ref from, format))
            {
                OpenedAtMs = from.Int(),
                DismissedAtMs = from.Int(),
                UniqueMs = from.Int(),
                ActedAtMs = from.Int(),
                Delivery = (NudgeDelivery)from.Byte(),
                DeliveryEndedAtMs = from.Int(),
                IsFinished = from.Bool(),
                ChangedAtSequence = (long)from.UInt(),
            });
        }

        for (var left = from.Count(); left > 0; left--)
        {
            log.Memberships.Add(ReadMembership(ref from, hasDraws: format > FormatWithoutDraws));
        }

        return log;
    }

    /// <summary>Writes a learner's part in a campaign.</summary>
    public static void WriteMembership(PayloadWriter to, CampaignMembership membership)
    {
        to.Text(membership.Campaign.Value);
        to.Text(membership.Course.Value);
        to.Byte((byte)membership.Group);
        to.Int(membership.AssignedAtMs);
        to.Float(membership.ProbabilityAtAssignment);
        to.Int(membership.TriggeredAtMs);
        to.Float(membership.ProbabilityAtTrigger);
        to.Int(membership.NewestDueAtMs);
        to.UInt((uint)membership.Sent);
        to.UInt((uint)membership.WouldSend);
        to.UInt((uint)membership.Withheld);
        to.UInt((uint)membership.Suppressed);
        to.UInt((uint)membership.Displaced);
        to.UInt((uint)membership.Missed);
        to.UInt((uint)membership.Opened);
        to.UInt((uint)membership.Dismissed);
        to.UInt((uint)membership.Acted);
        to.Int(membership.ReturnedAtMs);
        to.Int(membership.ReturnedAfterTriggerAtMs);
        to.Int(membership.CheckedInAtMs);
        to.Bool(membership.Arms is not null);
        if (membership.Arms is { } arms)
        {
            ArmStatisticsCodec.Write(to, arms);
        }

        to.UInt((ulong)membership.ChangedAtSequence);
        UpliftTrackCodec.Write(to, membership.Uplift);
        to.UInt(membership.Cluster.Value);
    }

    /// <summary>Reads a learner's part in a campaign.</summary>
    /// <param name="from">Where it is read from.</param>
    /// <param name="hasDraws">Whether it was written since campaigns send on expected gain and draw clusters.</param>
    /// <exception cref="StoreCorruptException">The bytes end early.</exception>
    public static CampaignMembership ReadMembership(ref PayloadReader from, bool hasDraws) => new(new CampaignId(from.Text()), new CourseId(from.Text()))
    {
        Group = (AssignmentGroup)from.Byte(),
        AssignedAtMs = from.Int(),
        ProbabilityAtAssignment = from.Float(),
        TriggeredAtMs = from.Int(),
        ProbabilityAtTrigger = from.Float(),
        NewestDueAtMs = from.Int(),
        Sent = (int)from.UInt(),
        WouldSend = (int)from.UInt(),
        Withheld = (int)from.UInt(),
        Suppressed = (int)from.UInt(),
        Displaced = (int)from.UInt(),
        Missed = (int)from.UInt(),
        Opened = (int)from.UInt(),
        Dismissed = (int)from.UInt(),
        Acted = (int)from.UInt(),
        ReturnedAtMs = from.Int(),
        ReturnedAfterTriggerAtMs = from.Int(),
        CheckedInAtMs = from.Int(),
        Arms = from.Bool() ? ArmStatisticsCodec.Read(ref from) : null,
        ChangedAtSequence = (long)from.UInt(),
        Uplift = hasDraws ? UpliftTrackCodec.ReadTrack(ref from) : null,
        Cluster = ReadCluster(ref from, hasDraws),
    };

    private static AssignmentCluster ReadCluster(ref PayloadReader from, bool hasDraws) => hasDraws ? new(from.UInt()) : AssignmentCluster.None;

    private static ArmPropensity[] ReadAwake(ref PayloadReader from)
    {
        var awake = new ArmPropensity[from.Count()];
        for (var i = 0; i < awake.Length; i++)
        {
            awake[i] = new(new(from.Text()), from.Double());
        }

        return awake;
    }

    private static KeyValuePair<TemplateVariable, string>[] ReadVariables(ref PayloadReader from)
    {
        var variables = new KeyValuePair<TemplateVariable, string>[from.Count()];
        for (var i = 0; i < variables.Length; i++)
        {
            variables[i] = new((TemplateVariable)from.Byte(), from.Text());
        }

        return variables;
    }
}
