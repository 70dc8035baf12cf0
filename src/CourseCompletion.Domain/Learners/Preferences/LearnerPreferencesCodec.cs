using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners.Preferences;

/// <summary>The layout of preferences inside frames, snapshots and messages.</summary>
public static class LearnerPreferencesCodec
{
    private const byte FormatWithoutReminders = 3;
    private const int DeclinesFlag = 1;
    private const int AnswersFlag = 2;

    /// <summary>Writes preferences.</summary>
    public static void Write(PayloadWriter to, LearnerPreferences preferences)
    {
        to.Text(preferences.TimeZone);
        to.UInt((uint)preferences.DayStartMinutes);
        to.Text(preferences.Locale);
        to.Byte((byte)preferences.Channels);
        to.Text(preferences.Email);
        to.UInt((uint)preferences.QuietFromMinute);
        to.UInt((uint)preferences.QuietToMinute);
        to.UInt((uint)preferences.PerDayMax);
        to.UInt((uint)preferences.PerWeekMax);
        to.UInt((uint)preferences.OptedOut.Count);
        foreach (var purpose in preferences.OptedOut)
        {
            to.Byte((byte)purpose);
        }

        to.Byte((byte)((preferences.DeclinesExperiments ? DeclinesFlag : 0) | (preferences.AnswersInQuietHours ? AnswersFlag : 0)));
        to.OptionalInt(preferences.ReminderMinute);
    }

    /// <summary>Reads preferences of a message.</summary>
    /// <exception cref="StoreCorruptException">The bytes end early.</exception>
    public static LearnerPreferences Read(ref PayloadReader from) => Read(ref from, byte.MaxValue);

    /// <summary>Reads preferences of a frame's or a snapshot's format; both have the same numbers for it.</summary>
    /// <exception cref="StoreCorruptException">The bytes end early.</exception>
    public static LearnerPreferences Read(ref PayloadReader from, byte format)
    {
        // An object initializer runs in the order written, which is the order of the layout.
        var preferences = new LearnerPreferences
        {
            TimeZone = from.Text(),
            DayStartMinutes = (int)from.UInt(),
            Locale = from.Text(),
            Channels = (NudgeChannels)from.Byte(),
            Email = from.Text(),
            QuietFromMinute = (int)from.UInt(),
            QuietToMinute = (int)from.UInt(),
            PerDayMax = (int)from.UInt(),
            PerWeekMax = (int)from.UInt(),
            OptedOut = ReadPurposes(ref from),
        };
        var flags = from.Byte();
        return preferences with
        {
            DeclinesExperiments = (flags & DeclinesFlag) != 0,
            AnswersInQuietHours = (flags & AnswersFlag) != 0,
            ReminderMinute = format > FormatWithoutReminders ? (int?)from.OptionalInt() : null,
        };
    }

    private static NudgePurpose[] ReadPurposes(ref PayloadReader from)
    {
        var purposes = new NudgePurpose[from.Count()];
        for (var i = 0; i < purposes.Length; i++)
        {
            purposes[i] = (NudgePurpose)from.Byte();
        }

        return purposes;
    }
}
