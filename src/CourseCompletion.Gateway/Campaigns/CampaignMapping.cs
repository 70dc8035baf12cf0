using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Engagement;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Campaign definitions on the wire and in the engine.</summary>
internal static class CampaignMapping
{
    private static readonly TimeSpan _graceDefault = TimeSpan.FromHours(2);

    private static readonly KeyValuePair<Wire.QuestionOccasion, QuestionOccasions>[] _occasions =
    [
        new(Wire.QuestionOccasion.Answered, QuestionOccasions.Answered),
        new(Wire.QuestionOccasion.Unanswered, QuestionOccasions.Unanswered),
        new(Wire.QuestionOccasion.Session, QuestionOccasions.Session),
    ];

    /// <summary>Reads a definition; null, with the faults added, when a part of it cannot be read.</summary>
    public static CampaignDefinition? Read(Wire.Campaign campaign, List<Rejection> faults)
    {
        var timing = TimingMapping.Read(campaign.Timing, faults);
        var definition = new CampaignDefinition
        {
            Campaign = new(campaign.CampaignId),
            Title = campaign.Title,
            Purpose = (NudgePurpose)campaign.Purpose,
            Courses = [.. campaign.CourseIds.Select(course => new CourseId(course))],
            Audience = AudienceMapping.Read(campaign.Audience),
            Timing = timing!,
            Goal = (CampaignGoal)campaign.Goal,
            CheckIn = TimingMapping.Read(campaign.CheckIn),
            Occasions = campaign.QuestionOccasions.Count == 0 ? QuestionOccasions.All : ReadOccasions(campaign.QuestionOccasions, faults),
            StartsAtMs = ReadTime(campaign.StartsAt, "campaign.starts_at", faults),
            EndsAtMs = ReadTime(campaign.EndsAt, "campaign.ends_at", faults),
            GraceMs = ReadGrace(campaign.Grace, faults),
            QuietHours = campaign.QuietHours == Wire.QuietHoursRule.Unspecified ? QuietHoursRule.Defer : (QuietHoursRule)((int)campaign.QuietHours - 1),
            Templates = [.. campaign.Templates.Select(Read)],
            Arms = [.. campaign.Arms.Select(arm => new CampaignArm(arm.ArmId, arm.TemplateId, (NudgeChannel)arm.Channel, arm.Weight, arm.DelayMinutes))],

            LearnsArms = campaign.LearnsArms,
            SendsOnExpectedGain = campaign.SendsOnExpectedGain,
            Unit = (AssignmentUnit)campaign.AssignmentUnit,

            // Not a number asks for the default, which depends on how many learners there are.
            ControlShare = campaign.HasControlShare ? campaign.ControlShare : double.NaN,
        };
        if (campaign.HasControlShare && double.IsNaN(campaign.ControlShare))
        {
            faults.Add(new(RejectionReason.InvalidField, "campaign.control_share", "Send a share from 0 to 0.9, or none."));
        }

        return faults.Count == 0 ? definition : null;
    }

    /// <summary>Writes a definition.</summary>
    public static Wire.Campaign ToWire(CampaignDefinition campaign) => new()
    {
        CampaignId = campaign.Campaign.Value,
        Version = campaign.Version,
        Title = campaign.Title,
        Purpose = (Wire.NudgePurpose)campaign.Purpose,
        Status = (Wire.CampaignStatus)campaign.Status,
        CourseIds = { campaign.Courses.Select(course => course.Value) },
        Audience = AudienceMapping.ToWire(campaign.Audience),
        Timing = TimingMapping.ToWire(campaign.Timing),
        Goal = (Wire.CampaignGoal)campaign.Goal,
        CheckIn = TimingMapping.ToWire(campaign.CheckIn),
        QuestionOccasions = { campaign.IsTimed ? [] : _occasions.Where(occasion => campaign.Occasions.HasFlag(occasion.Value)).Select(occasion => occasion.Key) },
        StartsAt = campaign.StartsAtMs is { } starts ? TimestampMapping.From(starts) : null,
        EndsAt = campaign.EndsAtMs is { } ends ? TimestampMapping.From(ends) : null,
        Grace = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(campaign.GraceMs)),
        QuietHours = (Wire.QuietHoursRule)((int)campaign.QuietHours + 1),
        Templates = { campaign.Templates.Select(ToWire) },
        Arms =
        {
            campaign.Arms.Select(arm => new Wire.CampaignArm
            {
                ArmId = arm.Id, TemplateId = arm.Template, Channel = (Wire.NudgeChannel)arm.Channel, Weight = arm.Weight, DelayMinutes = arm.DelayMinutes,
            }),
        },
        LearnsArms = campaign.LearnsArms,
        SendsOnExpectedGain = campaign.SendsOnExpectedGain,
        AssignmentUnit = (Wire.AssignmentUnit)campaign.Unit,
        ControlShare = campaign.ControlShare,
        CreatedAt = TimestampMapping.From(campaign.CreatedAtMs),
        UpdatedAt = TimestampMapping.From(campaign.UpdatedAtMs),
    };

    /// <summary>Writes a definition as a list has it.</summary>
    public static Wire.CampaignSummary ToSummary(CampaignDefinition campaign) => new()
    {
        CampaignId = campaign.Campaign.Value,
        Version = campaign.Version,
        Title = campaign.Title,
        Purpose = (Wire.NudgePurpose)campaign.Purpose,
        Status = (Wire.CampaignStatus)campaign.Status,
        CourseIds = { campaign.Courses.Select(course => course.Value) },
        StartsAt = campaign.StartsAtMs is { } starts ? TimestampMapping.From(starts) : null,
        EndsAt = campaign.EndsAtMs is { } ends ? TimestampMapping.From(ends) : null,
        CreatedAt = TimestampMapping.From(campaign.CreatedAtMs),
        UpdatedAt = TimestampMapping.From(campaign.UpdatedAtMs),
    };

    private static NudgeTemplate Read(Wire.NudgeTemplate template) => new(
        template.TemplateId,
        template.FallbackLocale,
        [.. template.Texts.Select(text => new NudgeText(
            text.Locale, text.Subject, text.Body, text.Html.Length == 0 ? null : text.Html, text.Link.Length == 0 ? null : text.Link))]);

    private static Wire.NudgeTemplate ToWire(NudgeTemplate template) => new()
    {
        TemplateId = template.Id,
        FallbackLocale = template.FallbackLocale,
        Texts =
        {
            template.Texts.Select(text => new Wire.NudgeText
            {
                Locale = text.Locale, Subject = text.Subject, Body = text.Body, Html = text.Html ?? "", Link = text.Link ?? "",
            }),
        },
    };

    private static QuestionOccasions ReadOccasions(IEnumerable<Wire.QuestionOccasion> occasions, List<Rejection> faults)
    {
        var read = QuestionOccasions.None;
        foreach (var occasion in occasions)
        {
            var known = Array.Find(_occasions, pair => pair.Key == occasion).Value;
            if (known == QuestionOccasions.None)
            {
                faults.Add(new(RejectionReason.InvalidField, "campaign.question_occasions", "Send occasions of this release, or none for all of them."));
            }

            read |= known;
        }

        return read;
    }

    private static long? ReadTime(Timestamp? at, string field, List<Rejection> faults)
    {
        if (EventMapping.TimeOf(at, field, out var ms) is { } fault)
        {
            faults.Add(fault);
        }

        return at is null ? null : ms;
    }

    private static long ReadGrace(Duration? grace, List<Rejection> faults)
    {
        if (grace is null)
        {
            return (long)_graceDefault.TotalMilliseconds;
        }

        if (TimingMapping.MillisecondsOf(grace) is { } ms)
        {
            return ms;
        }

        faults.Add(new(RejectionReason.InvalidField, "campaign.grace", "Send a duration of 0 to 24 hours."));
        return 0;
    }
}
