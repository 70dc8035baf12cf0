using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Profiles;

/// <summary>How one learner learns, over all courses, as of an instant: <see cref="LearningProfileRules"/> makes it from the learner's state.</summary>
/// <remarks>Everything in it may be shown to the learner. What there is too little known for is null or empty; <see cref="LearningProfilePolicy"/> has the minima.</remarks>
public sealed record LearningProfile
{
    /// <summary>When the learner is active.</summary>
    public required ActivityRhythm Rhythm { get; init; }

    /// <summary>The mean length of a session, in milliseconds; null under the minimum.</summary>
    public long? SessionMs { get; init; }

    /// <summary>Milliseconds of video watched, each place once.</summary>
    public long UniqueMs { get; init; }

    /// <summary>Milliseconds of video watched beyond that.</summary>
    public long RewatchedMs { get; init; }

    /// <summary>The mean playing speed by time of video, 1 = normal; null under the minimum.</summary>
    public double? Speed { get; init; }

    /// <summary>Which lengths and kinds of lessons the learner finishes.</summary>
    public required ClipHabits Clips { get; init; }

    /// <summary>What the learner's own comments sound like; null under the minimum.</summary>
    public ContentmentTrend? Contentment { get; init; }

    /// <summary>Pace, check-ins and questions of each course.</summary>
    public required IReadOnlyList<CourseRecord> Courses { get; init; }

    /// <summary>What goes well, strongest first; at most <see cref="LearningProfilePolicy.LessonsMax"/>.</summary>
    public required IReadOnlyList<LessonStrength> Strengths { get; init; }

    /// <summary>What to look at again, the most severe first; at most <see cref="LearningProfilePolicy.LessonsMax"/>.</summary>
    public required IReadOnlyList<LessonGap> Gaps { get; init; }
}

/// <summary>When a learner is active.</summary>
/// <param name="TimeZone">The IANA zone of hours and days.</param>
/// <param name="BestHours">The hours with most activity, best first, at most three; empty under the minimum.</param>
/// <param name="BestDays">The weekdays with most active days, best first, at most three; empty under the minimum.</param>
/// <param name="TypicalGapDays">The median number of days from one active day to the next; null under the minimum.</param>
public sealed record ActivityRhythm(string TimeZone, IReadOnlyList<HourShare> BestHours, IReadOnlyList<WeekdayShare> BestDays, double? TypicalGapDays);

/// <summary>An hour of the learner's wall clock.</summary>
/// <param name="FromMinute">When it begins, in minutes after midnight, 0 to 1439; not a whole hour in zones that differ from UTC by half or a quarter of one.</param>
/// <param name="Share">The share of all activity that is in it, 0 to 1.</param>
public readonly record struct HourShare(int FromMinute, double Share);

/// <summary>A weekday of the learner's.</summary>
/// <param name="Weekday">1 (Monday) to 7.</param>
/// <param name="Share">The share of the active days that are on it, 0 to 1.</param>
public readonly record struct WeekdayShare(int Weekday, double Share);

/// <summary>Which lengths and kinds of lessons a learner finishes.</summary>
/// <param name="LengthMs">The median length of the videos watched to at least 80 %; null under the minimum.</param>
/// <param name="Lengths">Videos by length, shortest first; a class under the minimum is left out.</param>
/// <param name="Formats">Lessons by kind, the one with the largest share of finished ones first; a kind under the minimum is left out.</param>
public sealed record ClipHabits(long? LengthMs, IReadOnlyList<LengthShare> Lengths, IReadOnlyList<FormatShare> Formats);

/// <summary>Videos of a class of lengths.</summary>
/// <param name="Length">The class.</param>
/// <param name="Opened">Of how many something was watched.</param>
/// <param name="Finished">How many were watched to at least 80 %.</param>
public readonly record struct LengthShare(ClipLength Length, int Opened, int Finished);

/// <summary>Lessons of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Opened">How many were touched or handed in.</param>
/// <param name="Completed">How many of those are complete.</param>
public readonly record struct FormatShare(LessonKind Kind, int Opened, int Completed);

/// <summary>Classes of the lengths of videos. The numbers are on the wire and never reused.</summary>
public enum ClipLength : byte
{
    /// <summary>Under 3 minutes.</summary>
    UnderThreeMinutes = 1,

    /// <summary>3 to under 6 minutes.</summary>
    ThreeToSixMinutes = 2,

    /// <summary>6 to 12 minutes.</summary>
    SixToTwelveMinutes = 3,

    /// <summary>Over 12 minutes.</summary>
    OverTwelveMinutes = 4,
}

/// <summary>How content a learner sounds in comments, in all courses.</summary>
/// <param name="Recent">The contentment of recent comments, 0 to 1: each counts half as much with every fortnight.</param>
/// <param name="Overall">The mean contentment of all comments, 0 to 1.</param>
/// <param name="Weight">How many comments the recent one weighs as of the instant.</param>
/// <param name="Texts">How many comments there are.</param>
public sealed record ContentmentTrend(double Recent, double Overall, double Weight, long Texts);

/// <summary>A learner's record in one course.</summary>
/// <param name="Course">The course.</param>
/// <param name="LessonsPerWeek">Required lessons completed a week, over the last 28 days or since the enrolment; null under the minimum.</param>
/// <param name="NeededPerWeek">How many a week would meet the deadline that asks for most; null without a deadline ahead or with nothing left to do for one.</param>
/// <param name="NeededByMs">That deadline; null when <paramref name="NeededPerWeek"/> is.</param>
/// <param name="CheckIns">The check-ins; null without any.</param>
/// <param name="OpenQuestions">Questions asked without an accepted answer; at least so many where an acceptance moved from one answer to another.</param>
public sealed record CourseRecord(
    CourseId Course, double? LessonsPerWeek, double? NeededPerWeek, long? NeededByMs, CheckInRecord? CheckIns, int OpenQuestions);

/// <summary>Check-ins of one course, every day counting and none asked to prove itself.</summary>
/// <param name="CurrentStreak">The streak so far, in days.</param>
/// <param name="LongestStreak">The longest one, in days.</param>
/// <param name="DaysOf28">Check-in days among the learner's last 28 days.</param>
public sealed record CheckInRecord(int CurrentStreak, int LongestStreak, int DaysOf28);
