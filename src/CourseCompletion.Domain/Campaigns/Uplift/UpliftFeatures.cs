using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>The numbers that uplift is estimated from, each of the order of 1; stored statistics are made of them, so their order and meaning never change within a format.</summary>
public static class UpliftFeatures
{
    /// <summary>The features' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["bias", "logit_probability", "logit_probability_squared", "log_days_silent", "log_days_silent_squared", "sends_7d", "ignored_in_row", "log_streak", "hour_match"];

    /// <summary>How many there are.</summary>
    public static int Count => Names.Count;

    /// <summary>The features of a situation; what is beyond its range counts as its end.</summary>
    public static double[] Of(UpliftSituation situation)
    {
        var logit = Math.Clamp(PortableMath.Logit(situation.Probability), -4, 4) / 2;
        var silent = PortableMath.Log1P(Math.Clamp(situation.DaysSilent, 0, 60)) / 2;
        return
        [
            1,
            logit,
            logit * logit,
            silent,
            silent * silent,
            Math.Clamp(situation.SendsIn7Days, 0, 7) / 3.0,
            Math.Clamp(situation.IgnoredInRow, 0, 5) / 3.0,
            PortableMath.Log1P(Math.Clamp(situation.StreakDays, 0, 60)) / 2,
            Math.Clamp(situation.HourMatch, 0, 1),
        ];
    }
}
