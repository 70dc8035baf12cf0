namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>What the engine knows about a learner at the moment of a decision, as decisions carry it.</summary>
/// <param name="Probability">Of completing the course, from 0 to 1.</param>
/// <param name="DaysSilent">Days since the last activity in the course, at least 0.</param>
/// <param name="SendsIn7Days">How many nudges of all campaigns were sent in the last 7 days, as the caps count them.</param>
/// <param name="IgnoredInRow">How many of the newest nudges the learner took no notice of, as the caps count them.</param>
/// <param name="StreakDays">The current streak of active days.</param>
/// <param name="HourMatch">How well the moment fits the learner's own hours: 0 not at all, 1 at the best hour.</param>
public readonly record struct UpliftSituation(float Probability, float DaysSilent, int SendsIn7Days, int IgnoredInRow, int StreakDays, float HourMatch);
