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

    /// <summary>ln(1 + videos and activities of family video).</summary>
    public const int VideoAll = 64;

    /// <summary>ln(1 + problems, quizzes and assessments).</summary>
    public const int ProblemAll = 65;

    /// <summary>ln(1 + comments, questions, answers, live sessions, forum and wiki activities).</summary>
    public const int DiscussionAll = 66;

    /// <summary>ln(1 + sessions begun and moves about the course).</summary>
    public const int NavigationAll = 67;

    /// <summary>ln(1 + pages opened).</summary>
    public const int PageAll = 68;

    /// <summary>ln(1 + pages closed).</summary>
    public const int PageCloseAll = 69;

    /// <summary>ln(1 + reading and other content).</summary>
    public const int ContentAll = 70;

    /// <summary>ln(1 + all activities).</summary>
    public const int AnyAll = 71;

    /// <summary>ln(1 + activities per active day).</summary>
    public const int PerActiveDay = 72;

    /// <summary>Active days as a share of the days since enrolment or, where that came first, the course's start.</summary>
    public const int ActiveDayShare = 73;

    /// <summary>Of the nine weeks that end with the newest activity's day, those with activity.</summary>
    public const int ActiveWeeks9 = 74;

    /// <summary>Active days of the last 3.</summary>
    public const int ActiveDays3 = 75;

    /// <summary>Active days of the week before the last 7 days.</summary>
    public const int ActiveDaysWeekBefore = 76;

    /// <summary>How long before the course's start the learner enrolled, in days: ln(1 + days), negative for who came later; 0 without a start.</summary>
    public const int EnrolledAhead = 77;

    /// <summary>ln(1 + days since the course's start); 0 before it and without one.</summary>
    public const int ElapsedDays = 78;

    /// <summary>ln(1 + pieces of work handed in, those not due yet included).</summary>
    public const int HandedIn = 79;

    /// <summary>Mean days by which work was handed in before it was due, each from -14 to 14; 0 without any.</summary>
    public const int DaysEarly = 80;

    /// <summary>The score of the assessment handed in last, 0 to 1; 0 without any.</summary>
    public const int ScoreLatest = 81;

    /// <summary>The lowest of the latest scores, 0 to 1; 0 without any.</summary>
    public const int ScoreLowest = 82;

    /// <summary>ln(1 + the learner's other courses from which the learner withdrew).</summary>
    public const int OthersWithdrawn = 83;

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
            (VideoAll, "video_all"), (ProblemAll, "problem_all"), (DiscussionAll, "discussion_all"), (NavigationAll, "navigation_all"), (PageAll, "page_all"),
            (PageCloseAll, "page_close_all"), (ContentAll, "content_all"), (AnyAll, "any_all"), (PerActiveDay, "per_active_day"),
            (ActiveDayShare, "active_day_share"), (ActiveWeeks9, "active_weeks_9"), (ActiveDays3, "active_days_3"),
            (ActiveDaysWeekBefore, "active_days_week_before"), (EnrolledAhead, "enrolled_ahead"), (ElapsedDays, "elapsed_days"),
            (HandedIn, "handed_in"), (DaysEarly, "days_early"), (ScoreLatest, "score_latest"), (ScoreLowest, "score_lowest"),
            (OthersWithdrawn, "others_withdrawn"),
        ];
        foreach (var (index, name) in named)
        {
            names[index] = name;
        }
    }
}
