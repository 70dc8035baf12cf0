using CourseCompletion.Domain.CheckIns;

namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>Where a learner stands in the check-ins of a course.</summary>
/// <param name="Status">Whether there is an answer; without one the rest says nothing.</param>
/// <param name="Standing">The figures.</param>
/// <param name="WeeklyGoalDays">The check-in days that make the week's goal, 1 to 7.</param>
[GenerateSerializer, Alias("cc.check-ins-answer"), Immutable]
public sealed record CheckInsAnswer(
    [property: Id(0)] CheckInsStatus Status, [property: Id(1)] CheckInStanding Standing, [property: Id(2)] int WeeklyGoalDays);

/// <summary>Whether there is an answer about check-ins.</summary>
public enum CheckInsStatus
{
    /// <summary>There is.</summary>
    Found = 0,

    /// <summary>The learner has no enrolment in the course.</summary>
    NoEnrolment = 1,

    /// <summary>There is no such campaign, or it asks for no check-ins.</summary>
    NoCampaign = 2,
}

/// <summary>How the figures travel.</summary>
[GenerateSerializer, Alias("cc.check-in-standing")]
public struct CheckInStandingSurrogate
{
    /// <summary>The learner's day.</summary>
    [Id(0)]
    public int Today { get; set; }

    /// <summary>The streak so far.</summary>
    [Id(1)]
    public int CurrentStreak { get; set; }

    /// <summary>The longest one.</summary>
    [Id(2)]
    public int LongestStreak { get; set; }

    /// <summary>Check-in days of the week.</summary>
    [Id(3)]
    public int DaysThisWeek { get; set; }

    /// <summary>Whether the week's goal is reached.</summary>
    [Id(4)]
    public bool WeeklyGoalReached { get; set; }

    /// <summary>Whether today is a check-in day.</summary>
    [Id(5)]
    public bool CheckedInToday { get; set; }

    /// <summary>Whether the proof is lacking.</summary>
    [Id(6)]
    public bool AwaitsProof { get; set; }

    /// <summary>Freezes left this month.</summary>
    [Id(7)]
    public int FreezesLeft { get; set; }

    /// <summary>Cards held.</summary>
    [Id(8)]
    public int CardsLeft { get; set; }

    /// <summary>Whether the streak ends with today.</summary>
    [Id(9)]
    public bool AtRisk { get; set; }
}

/// <summary>Converts the figures.</summary>
[RegisterConverter]
public sealed class CheckInStandingConverter : IConverter<CheckInStanding, CheckInStandingSurrogate>
{
    /// <inheritdoc/>
    public CheckInStanding ConvertFromSurrogate(in CheckInStandingSurrogate surrogate) => new(
        surrogate.Today,
        surrogate.CurrentStreak,
        surrogate.LongestStreak,
        surrogate.DaysThisWeek,
        surrogate.WeeklyGoalReached,
        surrogate.CheckedInToday,
        surrogate.AwaitsProof,
        surrogate.FreezesLeft,
        surrogate.CardsLeft,
        surrogate.AtRisk);

    /// <inheritdoc/>
    public CheckInStandingSurrogate ConvertToSurrogate(in CheckInStanding value) => new()
    {
        Today = value.Today,
        CurrentStreak = value.CurrentStreak,
        LongestStreak = value.LongestStreak,
        DaysThisWeek = value.DaysThisWeek,
        WeeklyGoalReached = value.WeeklyGoalReached,
        CheckedInToday = value.CheckedInToday,
        AwaitsProof = value.AwaitsProof,
        FreezesLeft = value.FreezesLeft,
        CardsLeft = value.CardsLeft,
        AtRisk = value.AtRisk,
    };
}
