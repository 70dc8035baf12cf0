using CourseCompletion.Domain.Profiles;
using CourseCompletion.Gateway.Courses;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Profiles;

/// <summary>Puts profiles on the wire. The numbers of classes and reasons are those of the wire.</summary>
internal static class ProfileMapping
{
    private const double MsPerSecond = 1000;

    public static Wire.LearningProfile ToWire(LearningProfile profile)
    {
        var wire = new Wire.LearningProfile
        {
            Rhythm = ToWire(profile.Rhythm),
            UniqueWatchedSeconds = profile.UniqueMs / MsPerSecond,
            RewatchedSeconds = profile.RewatchedMs / MsPerSecond,
            Clips = ToWire(profile.Clips),
            Contentment = profile.Contentment is { } contentment
                ? new() { Recent = contentment.Recent, Overall = contentment.Overall, Weight = contentment.Weight, Texts = contentment.Texts }
                : null,
            Courses = { profile.Courses.Select(ToWire) },
            Strengths = { profile.Strengths.Select(ToWire) },
            Gaps = { profile.Gaps.Select(ToWire) },
        };
        if (profile.SessionMs is { } sessionMs)
        {
            wire.SessionSeconds = sessionMs / MsPerSecond;
        }

        if (profile.Speed is { } speed)
        {
            wire.MeanSpeed = speed;
        }

        return wire;
    }

    private static Wire.ActivityRhythm ToWire(ActivityRhythm rhythm)
    {
        var wire = new Wire.ActivityRhythm
        {
            TimeZone = rhythm.TimeZone,
            BestHours = { rhythm.BestHours.Select(hour => new Wire.HourShare { FromMinute = hour.FromMinute, Share = hour.Share }) },
            BestDays = { rhythm.BestDays.Select(day => new Wire.WeekdayShare { Weekday = day.Weekday, Share = day.Share }) },
        };
        if (rhythm.TypicalGapDays is { } days)
        {
            wire.TypicalGapDays = days;
        }

        return wire;
    }

    private static Wire.ClipHabits ToWire(ClipHabits clips)
    {
        var wire = new Wire.ClipHabits
        {
            Lengths = { clips.Lengths.Select(length => new Wire.LengthShare { Length = (Wire.ClipLength)length.Length, Opened = length.Opened, Finished = length.Finished }) },
            Formats = { clips.Formats.Select(format => new Wire.FormatShare { Kind = CourseMapping.ToWire(format.Kind), Opened = format.Opened, Completed = format.Completed }) },
        };
        if (clips.LengthMs is { } lengthMs)
        {
            wire.PreferredSeconds = lengthMs / MsPerSecond;
        }

        return wire;
    }

    private static Wire.CourseRecord ToWire(CourseRecord record)
    {
        var wire = new Wire.CourseRecord
        {
            CourseId = record.Course.Value,
            NeededBy = record.NeededByMs is { } byMs ? TimestampMapping.From(byMs) : null,
            CheckIns = record.CheckIns is { } checkIns
                ? new() { CurrentStreak = checkIns.CurrentStreak, LongestStreak = checkIns.LongestStreak, DaysOf28 = checkIns.DaysOf28 }
                : null,
            OpenQuestions = record.OpenQuestions,
        };
        if (record.LessonsPerWeek is { } perWeek)
        {
            wire.LessonsPerWeek = perWeek;
        }

        if (record.NeededPerWeek is { } needed)
        {
            wire.NeededPerWeek = needed;
        }

        return wire;
    }

    private static Wire.LessonStrength ToWire(LessonStrength strength) => new()
    {
        CourseId = strength.Course.Value,
        LessonId = strength.Lesson,
        Reason = (Wire.StrengthReason)strength.Reason,
        Figure = strength.Figure,
    };

    private static Wire.LessonGap ToWire(LessonGap gap) => new()
    {
        CourseId = gap.Course.Value,
        LessonId = gap.Lesson,
        Reason = (Wire.GapReason)gap.Reason,
        Figure = gap.Figure,
        Severity = gap.Severity,
    };
}
