namespace CourseCompletion.Domain.CheckIns;

/// <summary>Where a learner stands in a check-in plan at an instant. <see cref="StreakRules"/> says what each figure means.</summary>
/// <param name="Today">The learner's day.</param>
/// <param name="CurrentStreak">The streak so far, in check-in days, or in weeks reached for a plan of fewer than seven days a week.</param>
/// <param name="LongestStreak">The longest one, in the same unit.</param>
/// <param name="DaysThisWeek">Check-in days of the week that is under way, made-up ones included.</param>
/// <param name="WeeklyGoalReached">Whether they are as many as the week's goal.</param>
/// <param name="CheckedInToday">Whether today is a check-in day already.</param>
/// <param name="AwaitsProof">Whether the learner checked in today and the plan's proof is still lacking.</param>
/// <param name="FreezesLeft">Freezes left this month.</param>
/// <param name="CardsLeft">Make-up cards held.</param>
/// <param name="AtRisk">Whether the streak ends if today goes by without a check-in.</param>
public readonly record struct CheckInStanding(
    int Today,
    int CurrentStreak,
    int LongestStreak,
    int DaysThisWeek,
    bool WeeklyGoalReached,
    bool CheckedInToday,
    bool AwaitsProof,
    int FreezesLeft,
    int CardsLeft,
    bool AtRisk);
