using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Profiles;

/// <summary>From how much on a figure of a profile is given, and how far it looks back.</summary>
public static class LearningProfilePolicy
{
    /// <summary>Activities for best hours.</summary>
    public const int HourActivitiesMin = 20;

    /// <summary>Best hours and best days given at most.</summary>
    public const int BestMax = 3;

    /// <summary>How many days, 18 weeks that end with the newest active one, tell about weekdays and gaps.</summary>
    public const int RhythmDays = 126;

    /// <summary>Active days for best weekdays.</summary>
    public const int WeekdayDaysMin = 8;

    /// <summary>Active days for the typical gap.</summary>
    public const int GapDaysMin = 5;

    /// <summary>Sessions for their mean length.</summary>
    public const int SessionsMin = 3;

    /// <summary>Milliseconds of video for the mean speed: 10 minutes.</summary>
    public const long SpeedMsMin = 10 * 60_000;

    /// <summary>The share of a video from which on it counts as finished, in hundredths.</summary>
    public const int FinishedPercent = 80;

    /// <summary>Finished videos for the preferred length, and lessons opened for a class or kind.</summary>
    public const int ClipsMin = 3;

    /// <summary>Comments for contentment.</summary>
    public const int TextsMin = 3;

    /// <summary>How far back pace and check-ins look, in days.</summary>
    public const int PaceDays = 28;

    /// <summary>How long after the enrolment there is a pace: 7 days.</summary>
    public const long PaceMsMin = 7 * LearnerTime.DayMs;

    /// <summary>Strengths and gaps given at most.</summary>
    public const int LessonsMax = 5;
}
