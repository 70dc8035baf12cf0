namespace CourseCompletion.Domain.Completion;

/// <summary>Where the single features stand in the vector, after the 30 decayed counts.</summary>
public static class FeatureIndex
{
    /// <summary>ln(1 + hours since the newest activity).</summary>
    public const int HoursSilent = 30;

    /// <summary>Mean gap between active days, in days, over the last 64.</summary>
    public const int GapMean = 31;

    /// <summary>Standard deviation of that gap, in days.</summary>
    public const int GapDeviation = 32;

    /// <summary>How unusual the current gap is: (gap - mean) / (deviation + 1).</summary>
    public const int GapNow = 33;

    /// <summary>Active days of the last 7.</summary>
    public const int ActiveDays7 = 34;

    /// <summary>Active days of the last 14.</summary>
    public const int ActiveDays14 = 35;

    /// <summary>Active days of the last 28.</summary>
    public const int ActiveDays28 = 36;

    /// <summary>ln(1 + all active days).</summary>
    public const int ActiveDaysAll = 37;

    /// <summary>Consecutive active days up to the newest one.</summary>
    public const int Streak = 38;

    /// <summary>The longest run of days without activity in the last 64, the current one included.</summary>
    public const int LongestAbsence = 39;

    /// <summary>any_7d - any_28d / 4: whether activity rises or falls.</summary>
    public const int Slope = 40;

    /// <summary>ln(1 + sessions).</summary>
    public const int Sessions = 41;

    /// <summary>ln(1 + mean minutes of a session).</summary>
    public const int SessionMinutes = 42;

    /// <summary>Unique watched time over the length of all videos, 0 to 1.</summary>
    public const int WatchedShare = 43;

    /// <summary>Repeated over unique watched time.</summary>
    public const int RewatchShare = 44;

    /// <summary>ln(1 + backward seeks an hour of watching).</summary>
    public const int SeeksBackPerHour = 45;

    /// <summary>Mean playing speed; 1 when nothing was watched.</summary>
    public const int Speed = 46;

    /// <summary>ln(1 + pieces of work due by now).</summary>
    public const int Due = 47;

    /// <summary>The share of them that was handed in; 1 when nothing was due.</summary>
    public const int SubmittedShare = 48;

    /// <summary>ln(1 + pieces handed in late).</summary>
    public const int Late = 49;

    /// <summary>ln(1 + pieces due and missing).</summary>
    public const int Missing = 50;

    /// <summary>Mean of the latest scores, 0 to 1; 0 without any.</summary>
    public const int ScoreMean = 51;

    /// <summary>ln(1 + assessments handed in).</summary>
    public const int Assessments = 52;

    /// <summary>ln(1 + questions asked).</summary>
    public const int Questions = 53;

    /// <summary>ln(1 + questions answered).</summary>
    public const int Answers = 54;

    /// <summary>ln(1 + comments).</summary>
    public const int Comments = 55;

    /// <summary>Progress by weight, 0 to 1.</summary>
    public const int Progress = 56;

    /// <summary>Progress minus the elapsed share of the course; 0 for a course without dates.</summary>
    public const int Pace = 57;

    /// <summary>ln(1 + required lessons completed).</summary>
    public const int LessonsCompleted = 58;

    /// <summary>ln(1 + the learner's other courses).</summary>
    public const int ParallelEnrolments = 59;

    /// <summary>ln(1 + days since enrolment).</summary>
    public const int DaysEnrolled = 60;

    /// <summary>The elapsed share of the course, 0 to 1; -1 for a course without dates.</summary>
    public const int ElapsedShare = 61;

    /// <summary>Check-in days of the last 28.</summary>
    public const int CheckInDays28 = 62;

    /// <summary>How far into the course's order of lessons the learner got, 0 to 1; 0 for a course without lessons.</summary>
    public const int LessonReach = 63;

    internal static void NameInto(string[] names)
    {
        (int Index, string Name)[] named =
        [
            (HoursSilent, "hours_silent"), (GapMean, "gap_mean"), (GapDeviation, "gap_deviation"), (GapNow, "gap_now"),
            (ActiveDays7, "active_days_7"), (ActiveDays14, "active_days_14"), (ActiveDays28, "active_days_28"), (ActiveDaysAll, "active_days_all"),
            (Streak, "streak"), (LongestAbsence, "longest_absence"), (Slope, "slope"), (Sessions, "sessions"), (SessionMinutes, "session_minutes"),
            (WatchedShare, "watched_share"), (RewatchShare, "rewatch_share"), (SeeksBackPerHour, "seeks_back_per_hour"), (Speed, "speed"),
            (Due, "due"), (SubmittedShare, "submitted_share"), (Late, "late"), (Missing, "missing"), (ScoreMean, "score_mean"),
            (Assessments, "assessments"), (Questions, "questions"), (Answers, "answers"), (Comments, "comments"), (Progress, "progress"),
            (Pace, "pace"), (LessonsCompleted, "lessons_completed"), (ParallelEnrolments, "parallel_enrolments"), (DaysEnrolled, "days_enrolled"),
            (ElapsedShare, "elapsed_share"), (CheckInDays28, "check_in_days_28"), (LessonReach, "lesson_reach"),
        ];
        foreach (var (index, name) in named)
        {
            names[index] = name;
        }
    }
}
