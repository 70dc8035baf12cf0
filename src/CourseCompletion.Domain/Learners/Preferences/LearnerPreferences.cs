using CourseCompletion.Domain.Campaigns;

namespace CourseCompletion.Domain.Learners.Preferences;

/// <summary>What a learner wants to be told, when and how. The whole of it is replaced when it is set.</summary>
public sealed record LearnerPreferences
{
    /// <summary>Those of a learner who never set any.</summary>
    public static LearnerPreferences None { get; } = new();

    /// <summary>The learner's IANA zone; "" when it is not known, and the course's is taken.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>When the learner's day begins, in minutes after midnight, 0 to 1,439.</summary>
    public int DayStartMinutes { get; init; }

    /// <summary>The language for texts (BCP 47), such as <c>zh-CN</c>; "" for a template's own fall-back.</summary>
    public string Locale { get; init; } = "";

    /// <summary>The channels the learner agrees to. E-mail is only used for who agreed to it.</summary>
    public NudgeChannels Channels { get; init; } = NudgeChannels.InApp | NudgeChannels.Webhook;

    /// <summary>Where e-mail goes; "" for nowhere.</summary>
    public string Email { get; init; } = "";

    /// <summary>Where the quiet hours begin, in minutes after local midnight, 0 to 1,439. Default 22:00.</summary>
    public int QuietFromMinute { get; init; } = 22 * 60;

    /// <summary>Where they end; the same as where they begin for none. Default 08:00.</summary>
    public int QuietToMinute { get; init; } = 8 * 60;

    /// <summary>At most this many nudges in 24 h; 0 for the engine's own cap, which it never exceeds.</summary>
    public int PerDayMax { get; init; }

    /// <summary>At most this many in 7 days; 0 for the engine's own cap.</summary>
    public int PerWeekMax { get; init; }

    /// <summary>The purposes that the learner opted out of, each once, ascending.</summary>
    public IReadOnlyList<NudgePurpose> OptedOut { get; init; } = [];

    /// <summary>Whether the learner takes part in no experiment: never held out, never analysed.</summary>
    public bool DeclinesExperiments { get; init; }

    /// <summary>Whether what the learner waits for, such as an answer to a question of theirs, may come in quiet hours.</summary>
    public bool AnswersInQuietHours { get; init; }

    /// <summary>
    /// When the learner wants to be reminded to check in, in minutes after local midnight, 0 to 1,439; null to leave it to campaigns. Check-in campaigns then keep to it.
    /// </summary>
    public int? ReminderMinute { get; init; }

    /// <summary>The same preferences, and opted out of a purpose.</summary>
    public LearnerPreferences Without(NudgePurpose purpose) =>
        OptedOut.Contains(purpose) ? this : this with { OptedOut = [.. OptedOut.Append(purpose).Order()] };

    /// <inheritdoc/>
    public bool Equals(LearnerPreferences? other) =>
        other is not null
        && TimeZone == other.TimeZone && DayStartMinutes == other.DayStartMinutes && Locale == other.Locale && Channels == other.Channels && Email == other.Email
        && QuietFromMinute == other.QuietFromMinute && QuietToMinute == other.QuietToMinute && PerDayMax == other.PerDayMax && PerWeekMax == other.PerWeekMax
        && DeclinesExperiments == other.DeclinesExperiments && AnswersInQuietHours == other.AnswersInQuietHours && ReminderMinute == other.ReminderMinute && OptedOut.SequenceEqual(other.OptedOut);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TimeZone, Channels, Email, QuietFromMinute, QuietToMinute, OptedOut.Count);
}
