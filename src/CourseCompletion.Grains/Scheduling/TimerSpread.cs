using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Grains.Scheduling;

/// <summary>When the periodic work of a grain begins: grains that were activated together, as after a start, do not all do it at the same instant for ever after.</summary>
internal static class TimerSpread
{
    private const double Shares = 1UL << 32;

    /// <summary>From half the period to the whole one after its activation, by the grain's key: what is to be no older than a period is not.</summary>
    public static TimeSpan FirstDue(string key, TimeSpan period) => period * (1 - (0.5 * (KeyHash.Of(key) >> 32) / Shares));
}
