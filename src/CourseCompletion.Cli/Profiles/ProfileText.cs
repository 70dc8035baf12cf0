using System.Globalization;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Profiles;

/// <summary>Writes how a learner learns as text, a line a figure; what is not known has no line.</summary>
internal static class ProfileText
{
    private const double SecondsPerMinute = 60;
    private static readonly string[] _weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>All lines.</summary>
    public static void Write(TextWriter text, LearningProfile profile)
    {
        WriteRhythm(text, profile);
        WriteClips(text, profile);
        if (profile.Contentment is { } contentment)
        {
            text.WriteLine(Plain($"content   {ProtoText.Percent(contentment.Recent)} lately, {ProtoText.Percent(contentment.Overall)} in all {contentment.Texts} comments"));
        }

        foreach (var record in profile.Courses)
        {
            WriteRecord(text, record);
        }

        foreach (var strength in profile.Strengths)
        {
            text.WriteLine($"strong    {strength.LessonId} of {strength.CourseId}: {TextOf(strength)}");
        }

        foreach (var gap in profile.Gaps)
        {
            text.WriteLine($"gap       {gap.LessonId} of {gap.CourseId}: {TextOf(gap)}");
        }
    }

    private static void WriteRhythm(TextWriter text, LearningProfile profile)
    {
        var rhythm = profile.Rhythm;
        if (rhythm.BestHours.Count > 0)
        {
            var hours = rhythm.BestHours.Select(hour => Plain($"{hour.FromMinute / 60:00}:{hour.FromMinute % 60:00} ({ProtoText.Percent(hour.Share)})"));
            text.WriteLine($"hours     {string.Join(", ", hours)}, {rhythm.TimeZone}");
        }

        if (rhythm.BestDays.Count > 0)
        {
            text.WriteLine($"days      {string.Join(", ", rhythm.BestDays.Select(day => $"{_weekdays[day.Weekday - 1]} ({ProtoText.Percent(day.Share)})"))}");
        }

        if (rhythm.HasTypicalGapDays)
        {
            text.WriteLine(Plain($"absence   {rhythm.TypicalGapDays:0.#} {(rhythm.TypicalGapDays == 1 ? "day" : "days")} from one active day to the next"));
        }

        if (profile.HasSessionSeconds)
        {
            text.WriteLine(Plain($"session   {profile.SessionSeconds / SecondsPerMinute:0.#} minutes"));
        }
    }

    private static void WriteClips(TextWriter text, LearningProfile profile)
    {
        var speed = profile.HasMeanSpeed ? Plain($", at speed {profile.MeanSpeed:0.00}") : "";
        text.WriteLine(Plain($"watched   {profile.UniqueWatchedSeconds:N0} s, {profile.RewatchedSeconds:N0} s again{speed}"));
        if (profile.Clips.HasPreferredSeconds)
        {
            text.WriteLine(Plain($"clips     {profile.Clips.PreferredSeconds / SecondsPerMinute:0.#} minutes, of those watched to the end"));
        }

        foreach (var length in profile.Clips.Lengths)
        {
            text.WriteLine($"          {TextOf(length.Length)}: {length.Finished} of {length.Opened} finished");
        }

        foreach (var format in profile.Clips.Formats)
        {
            text.WriteLine($"format    {ProtoText.Name(format.Kind)}: {format.Completed} of {format.Opened} completed");
        }
    }

    private static void WriteRecord(TextWriter text, CourseRecord record)
    {
        if (record.HasLessonsPerWeek || record.HasNeededPerWeek)
        {
            var pace = record.HasLessonsPerWeek ? Plain($"{record.LessonsPerWeek:0.#} lessons a week") : "not known yet";
            var needed = record.HasNeededPerWeek ? Plain($", {record.NeededPerWeek:0.#} needed until {ProtoText.At(record.NeededBy)}") : "";
            text.WriteLine($"pace      {record.CourseId}: {pace}{needed}");
        }

        if (record.CheckIns is { } checkIns)
        {
            text.WriteLine($"check-ins {record.CourseId}: streak {checkIns.CurrentStreak}, longest {checkIns.LongestStreak}, {checkIns.DaysOf28} of the last 28 days");
        }

        if (record.OpenQuestions > 0)
        {
            text.WriteLine($"questions {record.CourseId}: {record.OpenQuestions} without an accepted answer");
        }
    }

    private static string TextOf(LessonStrength strength) => strength.Reason switch
    {
        StrengthReason.HighScore => $"score {ProtoText.Percent(strength.Figure)}",
        StrengthReason.WatchedOnce => "watched once and understood",
        _ => ProtoText.Name(strength.Reason),
    };

    private static string TextOf(LessonGap gap) => gap.Reason switch
    {
        GapReason.LowScore => $"score {ProtoText.Percent(gap.Figure)}",
        GapReason.Overdue => Plain($"due {gap.Figure:0.#} days ago"),
        GapReason.Confused => Plain($"{gap.Figure:0} comments say that something is not clear"),
        GapReason.Rewatched => $"{ProtoText.Percent(gap.Figure)} watched again",
        _ => ProtoText.Name(gap.Reason),
    };

    private static string TextOf(ClipLength length) => length switch
    {
        ClipLength.Under3Minutes => "under 3 minutes",
        ClipLength._3To6Minutes => "3 to 6 minutes",
        ClipLength._6To12Minutes => "6 to 12 minutes",
        ClipLength.Over12Minutes => "over 12 minutes",
        _ => ProtoText.Name(length),
    };

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
