namespace CourseCompletion.Domain.CheckIns;

/// <summary>What a check-in campaign asks for and what it forgives. <see cref="StreakRules"/> says what each number means.</summary>
public sealed record CheckInPlan
{
    /// <summary>Days of a week.</summary>
    public const int WeekDays = 7;

    /// <summary>The most minutes that a proof may ask for: a day's.</summary>
    public const int UniqueMinutesMax = 1440;

    /// <summary>The most make-up cards that a plan may let a learner hold.</summary>
    public const int CardsHeldMax = 31;

    /// <summary>The most freezes that a plan may give a month.</summary>
    public const int FreezesMax = 31;

    /// <summary>Check-ins asked for in a week, 1 to 7; 7 is every day, and the streak is then in days, else in weeks. Default 7.</summary>
    public int DaysPerWeek { get; init; } = WeekDays;

    /// <summary>The check-in days that make a week's goal, 1 to 7; null for <see cref="DaysPerWeek"/>.</summary>
    public int? WeeklyGoalDays { get; init; }

    /// <summary>The check-in days that make a week's goal, 1 to 7.</summary>
    public int GoalDays => WeeklyGoalDays ?? DaysPerWeek;

    /// <summary>The day on which weeks begin, 1 (Monday, as in ISO 8601; the default) to 7.</summary>
    public int WeekBegins { get; init; } = 1;

    /// <summary>Minutes of video to watch for the first time on the day of a check-in, 0 to 1440; 0 asks for none. Default 0.</summary>
    public int UniqueMinutesMin { get; init; }

    /// <summary>Whether a quiz passed on the day proves a check-in: the only proof, or instead of the minutes. Default no.</summary>
    public bool QuizProves { get; init; }

    /// <summary>After how many check-in days a make-up card is earned, 1 to 400; 0 for no cards. Default 0.</summary>
    public int DaysPerCard { get; init; }

    /// <summary>The most make-up cards held at once, 0 to 31. Default 2.</summary>
    public int CardsMax { get; init; } = 2;

    /// <summary>Missed days that a freeze bridges in each calendar month, 0 to 31. Default 0.</summary>
    public int FreezesPerMonth { get; init; }

    /// <summary>Whether a check-in shortly after a change of zone bridges the day that it was in the zone left. Default yes.</summary>
    public bool TravelGrace { get; init; } = true;

    /// <summary>Whether every number lies in its range.</summary>
    public bool IsValid =>
        DaysPerWeek is >= 1 and <= WeekDays
        && WeeklyGoalDays is null or (>= 1 and <= WeekDays)
        && WeekBegins is >= 1 and <= WeekDays
        && UniqueMinutesMin is >= 0 and <= UniqueMinutesMax
        && DaysPerCard is >= 0 and <= CheckInState.DaysMax
        && CardsMax is >= 0 and <= CardsHeldMax
        && FreezesPerMonth is >= 0 and <= FreezesMax;

    /// <summary>Whether what happened on a day makes it a check-in day.</summary>
    public bool Accepts(CheckInDay day) => day.CheckedIn
        && ((UniqueMinutesMin == 0 && !QuizProves)
            || (UniqueMinutesMin > 0 && day.UniqueMs >= UniqueMinutesMin * 60_000L)
            || (QuizProves && day.QuizPassed));
}
