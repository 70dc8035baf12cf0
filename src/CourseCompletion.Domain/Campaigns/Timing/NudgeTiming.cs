using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Domain.Campaigns.Timing;

/// <summary>When a nudge is due on a learner's day. <see cref="DueRules"/> says what it means.</summary>
public sealed record NudgeTiming
{
    /// <summary>The default of <see cref="AfterMs"/>: 23 h 30 min, half an hour before yesterday's time of practice (evidence from Duolingo's practice reminders, KDD 2020).</summary>
    public const long AfterMsDefault = ((23 * 60) + 30) * 60_000L;

    /// <summary>The longest time after the last practice: 7 days.</summary>
    public const long AfterMsMax = 7 * 86_400_000L;

    /// <summary>The most days of silence for which nudges go on.</summary>
    public const int SilenceDaysMaxMax = 365;

    /// <summary>What the time goes by.</summary>
    public required NudgeTimingKind Kind { get; init; }

    /// <summary>The local time, in minutes after midnight, 0 to 1439; for <see cref="NudgeTimingKind.BestHour"/> the one used while no best hour is known.</summary>
    public int LocalMinute { get; init; }

    /// <summary>How long after the last practice, in milliseconds, above 0 and at most 7 days; for <see cref="NudgeTimingKind.AfterPractice"/>.</summary>
    public long AfterMs { get; init; } = AfterMsDefault;

    /// <summary>After how many days without practice there is no nudge any more, 1 to 365; for <see cref="NudgeTimingKind.AfterPractice"/>. Default 7.</summary>
    public int SilenceDaysMax { get; init; } = 7;

    /// <summary>The learner's days of the week on which it may be due; at least one.</summary>
    public WeekDays Days { get; init; } = WeekDays.All;

    /// <summary>Whether every number lies in its range.</summary>
    public bool IsValid =>
        Kind is >= NudgeTimingKind.FixedTime and <= NudgeTimingKind.BestHour
        && LocalMinute is >= 0 and < LearnerClock.MinutesPerDay
        && AfterMs is > 0 and <= AfterMsMax
        && SilenceDaysMax is >= 1 and <= SilenceDaysMaxMax
        && Days is > WeekDays.None and <= WeekDays.All;
}
