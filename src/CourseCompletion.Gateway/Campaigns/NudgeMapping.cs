using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Grains.Abstractions.Learners;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Nudges and preferences on the wire and in the engine.</summary>
internal static class NudgeMapping
{
    private static readonly (NudgeChannel Channel, NudgeChannels Flag)[] _channels =
    [
        (NudgeChannel.InApp, NudgeChannels.InApp), (NudgeChannel.Webhook, NudgeChannels.Webhook), (NudgeChannel.Email, NudgeChannels.Email),
    ];

    /// <summary>Writes a nudge.</summary>
    public static Wire.Nudge ToWire(NudgeView nudge) => new()
    {
        NudgeId = nudge.Nudge,
        CampaignId = nudge.Campaign,
        Occurrence = nudge.Occurrence,
        CourseId = nudge.Course,
        Purpose = (Wire.NudgePurpose)nudge.Purpose,
        DueAt = TimestampMapping.From(nudge.DueAtMs),
        DecidedAt = TimestampMapping.From(nudge.DecidedAtMs),
        Verdict = (Wire.NudgeVerdict)nudge.Verdict,
        Reason = (Wire.NudgeReason)nudge.Reason,
        ArmId = nudge.Arm,
        Propensity = nudge.Propensity,
        Channel = (Wire.NudgeChannel)nudge.Channel,
        Subject = nudge.Subject,
        Text = nudge.Text,
        Link = nudge.Link,
        OpenedAt = TimestampMapping.FromOptional(nudge.OpenedAtMs),
        DismissedAt = TimestampMapping.FromOptional(nudge.DismissedAtMs),
        ActedAt = TimestampMapping.FromOptional(nudge.ActedAtMs),
        Delivery = (Wire.NudgeDelivery)nudge.Delivery,
        DeliveryEndedAt = TimestampMapping.FromOptional(nudge.DeliveryEndedAtMs),
        RetryAt = TimestampMapping.FromOptional(nudge.RetryAtMs),
        DigestId = nudge.Digest,
        Uplift = UpliftOf(nudge),
    };

    /// <summary>Reads preferences; what is malformed the learner's own rules find.</summary>
    public static LearnerPreferences Read(Wire.LearnerPreferences preferences) => new()
    {
        TimeZone = preferences.TimeZone,
        DayStartMinutes = preferences.DayStartMinutes,
        Locale = preferences.Locale,
        Channels = preferences.Channels.Aggregate(NudgeChannels.None, (set, channel) => set | FlagOf(channel)),
        Email = preferences.Email,
        QuietFromMinute = preferences.HasQuietFromMinute ? preferences.QuietFromMinute : LearnerPreferences.None.QuietFromMinute,
        QuietToMinute = preferences.HasQuietToMinute ? preferences.QuietToMinute : LearnerPreferences.None.QuietToMinute,
        PerDayMax = preferences.PerDayMax,
        PerWeekMax = preferences.PerWeekMax,
        OptedOut = [.. preferences.OptedOut.Select(purpose => (NudgePurpose)purpose).Distinct().Order()],
        DeclinesExperiments = preferences.DeclinesExperiments,
        AnswersInQuietHours = preferences.AnswersInQuietHours,
        ReminderMinute = preferences.HasReminderMinute ? preferences.ReminderMinute : null,
    };

    /// <summary>Writes preferences.</summary>
    public static Wire.LearnerPreferences ToWire(LearnerPreferences preferences)
    {
        var wire = new Wire.LearnerPreferences
        {
            TimeZone = preferences.TimeZone,
            DayStartMinutes = preferences.DayStartMinutes,
            Locale = preferences.Locale,
            Channels = { _channels.Where(pair => preferences.Channels.HasFlag(pair.Flag)).Select(pair => (Wire.NudgeChannel)pair.Channel) },
            Email = preferences.Email,
            QuietFromMinute = preferences.QuietFromMinute,
            QuietToMinute = preferences.QuietToMinute,
            PerDayMax = preferences.PerDayMax,
            PerWeekMax = preferences.PerWeekMax,
            OptedOut = { preferences.OptedOut.Select(purpose => (Wire.NudgePurpose)purpose) },
            DeclinesExperiments = preferences.DeclinesExperiments,
            AnswersInQuietHours = preferences.AnswersInQuietHours,
        };
        if (preferences.ReminderMinute is { } minute)
        {
            wire.ReminderMinute = minute;
        }

        return wire;
    }

    private static Wire.NudgeUplift? UpliftOf(NudgeView nudge)
    {
        if (nudge.SendPropensity is not { } propensity)
        {
            return null;
        }

        var uplift = new Wire.NudgeUplift { SendPropensity = propensity };
        if (nudge.ExpectedGain is { } gain)
        {
            uplift.ExpectedGain = gain;
        }

        return uplift;
    }

    // An unknown channel becomes a bit that the rules refuse.
    private static NudgeChannels FlagOf(Wire.NudgeChannel channel)
    {
        foreach (var (known, flag) in _channels)
        {
            if ((int)known == (int)channel)
            {
                return flag;
            }
        }

        return (NudgeChannels)0x80;
    }
}
