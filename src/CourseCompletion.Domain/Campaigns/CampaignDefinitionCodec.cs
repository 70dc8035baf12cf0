using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Audience;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns;

/// <summary>The layout of a campaign's definition, stored and between silos.</summary>
public static class CampaignDefinitionCodec
{
    private const byte Format = 3;

    // Such a campaign draws by learner, and sends without regard to the gain that is expected.
    private const byte FormatWithoutUnit = 2;

    // Such a campaign reminds of all of them.
    private const byte FormatWithoutOccasions = 1;

    /// <summary>Encodes a definition.</summary>
    public static byte[] Encode(CampaignDefinition campaign)
    {
        var to = new PayloadWriter(1_024);
        Write(to, campaign);
        return to.Finish();
    }

    /// <summary>Decodes a definition.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static CampaignDefinition Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "campaign");
        return Read(ref from);
    }

    /// <summary>Writes a definition.</summary>
    public static void Write(PayloadWriter to, CampaignDefinition campaign)
    {
        to.Byte(Format);
        to.Text(campaign.Campaign.Value);
        to.Int(campaign.Version);
        to.Text(campaign.Title);
        to.Byte((byte)campaign.Purpose);
        to.Byte((byte)campaign.Status);
        to.UInt((uint)campaign.Courses.Count);
        foreach (var course in campaign.Courses)
        {
            to.Text(course.Value);
        }

        WriteAudience(to, campaign.Audience);
        WriteTiming(to, campaign.Timing);
        to.Byte((byte)campaign.Goal);
        CheckInPlanCodec.WriteOptional(to, campaign.CheckIn);
        to.OptionalInt(campaign.StartsAtMs);
        to.OptionalInt(campaign.EndsAtMs);
        to.Int(campaign.GraceMs);
        to.Byte((byte)campaign.QuietHours);
        to.UInt((uint)campaign.Templates.Count);
        foreach (var template in campaign.Templates)
        {
            NudgeTemplateCodec.Write(to, template);
        }

        to.UInt((uint)campaign.Arms.Count);
        foreach (var arm in campaign.Arms)
        {
            to.Text(arm.Id);
            to.Text(arm.Template);
            to.Byte((byte)arm.Channel);
            to.Double(arm.Weight);
            to.UInt((uint)arm.DelayMinutes);
        }

        to.Bool(campaign.LearnsArms);
        to.Double(campaign.ControlShare);
        to.Text(campaign.Salt);
        to.Int(campaign.EligibleAtCreation);
        to.Int(campaign.CreatedAtMs);
        to.Int(campaign.UpdatedAtMs);
        to.Byte((byte)campaign.Occasions);
        to.Byte((byte)campaign.Unit);
        to.Bool(campaign.SendsOnExpectedGain);
    }

    /// <summary>Reads a definition.</summary>
    /// <exception cref="StoreCorruptException">The bytes are of a newer release.</exception>
    public static CampaignDefinition Read(ref PayloadReader from)
    {
        var format = from.Byte();
        if (format is not (Format or FormatWithoutUnit or FormatWithoutOccasions))
        {
            throw new StoreCorruptException("A campaign has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        // An object initializer runs in the order written, which is the order of the layout.
        return new()
        {
            Campaign = new CampaignId(from.Text()),
            Version = from.Int(),
            Title = from.Text(),
            Purpose = (NudgePurpose)from.Byte(),
            Status = (CampaignStatus)from.Byte(),
            Courses = Array.ConvertAll(from.Texts(), id => new CourseId(id)),
            Audience = ReadAudience(ref from),
            Timing = ReadTiming(ref from),
            Goal = (CampaignGoal)from.Byte(),
            CheckIn = CheckInPlanCodec.ReadOptional(ref from),
            StartsAtMs = from.OptionalInt(),
            EndsAtMs = from.OptionalInt(),
            GraceMs = from.Int(),
            QuietHours = (QuietHoursRule)from.Byte(),
            Templates = ReadTemplates(ref from),
            Arms = ReadArms(ref from),
            LearnsArms = from.Bool(),
            ControlShare = from.Double(),
            Salt = from.Text(),
            EligibleAtCreation = from.Int(),
            CreatedAtMs = from.Int(),
            UpdatedAtMs = from.Int(),
            Occasions = format > FormatWithoutOccasions ? (QuestionOccasions)from.Byte() : QuestionOccasions.All,
            Unit = format > FormatWithoutUnit ? (AssignmentUnit)from.Byte() : AssignmentUnit.Learner,
            SendsOnExpectedGain = format > FormatWithoutUnit && from.Bool(),
        };
    }

    private static void WriteAudience(PayloadWriter to, AudienceFilter filter)
    {
        to.UInt((uint)filter.Bands.Count);
        foreach (var band in filter.Bands)
        {
            to.Byte((byte)band);
        }

        to.Double(filter.ProbabilityMin);
        to.Double(filter.ProbabilityMax);
        to.Double(filter.GainMin);
        to.Int(filter.SilentDaysMin);
        to.OptionalInt(filter.SilentDaysMax);
        to.Double(filter.ProgressMin);
        to.Double(filter.ProgressMax);
        to.OptionalInt(filter.DueWithinDays);
        to.Texts(filter.CourseTags);
    }

    private static AudienceFilter ReadAudience(ref PayloadReader from) => new()
    {
        Bands = ReadBands(ref from),
        ProbabilityMin = from.Double(),
        ProbabilityMax = from.Double(),
        GainMin = from.Double(),
        SilentDaysMin = (int)from.Int(),
        SilentDaysMax = (int?)from.OptionalInt(),
        ProgressMin = from.Double(),
        ProgressMax = from.Double(),
        DueWithinDays = (int?)from.OptionalInt(),
        CourseTags = from.Texts(),
    };

    private static void WriteTiming(PayloadWriter to, NudgeTiming timing)
    {
        to.Byte((byte)timing.Kind);
        to.UInt((uint)timing.LocalMinute);
        to.Int(timing.AfterMs);
        to.UInt((uint)timing.SilenceDaysMax);
        to.Byte((byte)timing.Days);
    }

    private static NudgeTiming ReadTiming(ref PayloadReader from) => new()
    {
        Kind = (NudgeTimingKind)from.Byte(),
        LocalMinute = (int)from.UInt(),
        AfterMs = from.Int(),
        SilenceDaysMax = (int)from.UInt(),
        Days = (WeekDays)from.Byte(),
    };

    private static CompletionBand[] ReadBands(ref PayloadReader from)
    {
        var bands = new CompletionBand[from.Count()];
        for (var i = 0; i < bands.Length; i++)
        {
            bands[i] = (CompletionBand)from.Byte();
        }

        return bands;
    }

    private static NudgeTemplate[] ReadTemplates(ref PayloadReader from)
    {
        var templates = new NudgeTemplate[from.Count()];
        for (var i = 0; i < templates.Length; i++)
        {
            templates[i] = NudgeTemplateCodec.Read(ref from);
        }

        return templates;
    }

    private static CampaignArm[] ReadArms(ref PayloadReader from)
    {
        var arms = new CampaignArm[from.Count()];
        for (var i = 0; i < arms.Length; i++)
        {
            arms[i] = new(from.Text(), from.Text(), (NudgeChannel)from.Byte(), from.Double(), (int)from.UInt());
        }

        return arms;
    }
}
