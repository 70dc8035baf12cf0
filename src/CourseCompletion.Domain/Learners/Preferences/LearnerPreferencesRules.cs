using System.Text;
using CourseCompletion.Domain.Campaigns;
using NodaTime;

namespace CourseCompletion.Domain.Learners.Preferences;

/// <summary>What makes preferences well-formed, whoever sets them.</summary>
public static class LearnerPreferencesRules
{
    /// <summary>The longest e-mail address, in bytes (RFC 5321).</summary>
    public const int EmailBytesMax = 254;

    private const int MinutesPerDay = 24 * 60;
    private const int LocaleLengthMax = 35;
    private const int PerDayLimit = 24;
    private const int PerWeekLimit = 100;
    private const NudgeChannels AllChannels = NudgeChannels.InApp | NudgeChannels.Webhook | NudgeChannels.Email;

    /// <summary>Every fault; empty when the preferences are well-formed. Field names are those of the wire, below <c>preferences</c>.</summary>
    public static IReadOnlyList<Rejection> Check(LearnerPreferences preferences)
    {
        var faults = new List<Rejection>();
        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                faults.Add(new(RejectionReason.InvalidField, "preferences." + field, message));
            }
        }

        Require(
            preferences.TimeZone.Length == 0 || DateTimeZoneProviders.Tzdb.Ids.Contains(preferences.TimeZone),
            "time_zone",
            "Send an IANA time zone such as Europe/Berlin, or none.");
        Require(IsMinute(preferences.DayStartMinutes), "day_start_minutes", "Send minutes after midnight, 0 to 1439.");
        Require(IsMinute(preferences.QuietFromMinute), "quiet_from_minute", "Send minutes after midnight, 0 to 1439.");
        Require(IsMinute(preferences.QuietToMinute), "quiet_to_minute", "Send minutes after midnight, 0 to 1439.");
        Require(preferences.ReminderMinute is not { } reminder || IsMinute(reminder), "reminder_minute", "Send minutes after midnight, 0 to 1439, or none.");
        Require(IsLocale(preferences.Locale), "locale", "Send a language tag such as zh-CN or en, or none.");
        Require((preferences.Channels & ~AllChannels) == 0, "channels", "Send channels of this release.");
        Require(preferences.Email.Length == 0 || IsEmail(preferences.Email), "email", $"Send one plain address of at most {EmailBytesMax} bytes, such as ana@example.org.");
        Require(
            preferences.Email.Length > 0 || !preferences.Channels.HasFlag(NudgeChannels.Email), "email", "Give an address, or leave e-mail out of channels.");
        Require(preferences.PerDayMax is >= 0 and <= PerDayLimit, "per_day_max", $"Send 0 to {PerDayLimit}.");
        Require(preferences.PerWeekMax is >= 0 and <= PerWeekLimit, "per_week_max", $"Send 0 to {PerWeekLimit}.");
        for (var i = 0; i < preferences.OptedOut.Count; i++)
        {
            var purpose = preferences.OptedOut[i];
            Require(
                purpose is > NudgePurpose.Unspecified and <= NudgePurpose.Deadline && (i == 0 || preferences.OptedOut[i - 1] < purpose),
                $"opted_out[{i}]",
                "Send each purpose of this release at most once.");
        }

        return faults;
    }

    private static bool IsMinute(int minute) => minute is >= 0 and < MinutesPerDay;

    private static bool IsLocale(string locale) => locale.Length <= LocaleLengthMax && locale.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // What could add a header or a second recipient is refused; whether the mailbox exists only its server knows.
    private static bool IsEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1
            && Encoding.UTF8.GetByteCount(email) <= EmailBytesMax
            && !email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || c is ',' or ';' or '<' or '>' or '"');
    }
}
