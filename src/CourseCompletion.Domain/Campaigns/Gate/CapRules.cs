using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>How often a learner may be nudged, over all campaigns and channels.</summary>
public static class CapRules
{
    /// <summary>How far back the caps reach.</summary>
    internal const long WeekMs = 7 * LearnerTime.DayMs;

    /// <summary>Which cap stands against one more nudge; null when none does.</summary>
    /// <remarks>A nudge that would have been sent but for an experiment counts like one that was. Taking notice is being active in any course, or opening one.</remarks>
    public static NudgeReason? Check(NudgeLog? log, LearnerPreferences preferences, long lastActivityAtMs, long nowMs, GatePolicy policy)
    {
        var (day, week, ignored) = Count(log, lastActivityAtMs, nowMs);
        return day >= Lower(preferences.PerDayMax, policy.PerDayMax) ? NudgeReason.DayCap
            : week >= Lower(preferences.PerWeekMax, policy.PerWeekMax) ? NudgeReason.WeekCap
            : ignored >= policy.IgnoredMax ? NudgeReason.Ignored
            : null;
    }

    /// <summary>How many nudges count against the caps: of the last 24 h, of the last 7 days, and since the learner took notice last.</summary>
    internal static (int Day, int Week, int Ignored) Count(NudgeLog? log, long lastActivityAtMs, long nowMs)
    {
        var (day, week, ignored) = (0, 0, 0);
        if (log is null)
        {
            return (day, week, ignored);
        }

        var noticedAtMs = NoticedAtMs(log, lastActivityAtMs);
        foreach (var entry in log.Entries)
        {
            var decision = entry.Decision;
            if (decision.CountsAgainstCaps)
            {
                day += decision.DecidedAtMs > nowMs - LearnerTime.DayMs ? 1 : 0;
                week += decision.DecidedAtMs > nowMs - WeekMs ? 1 : 0;
                ignored += decision.DecidedAtMs > noticedAtMs ? 1 : 0;
            }
        }

        return (day, week, ignored);
    }

    /// <summary>When the learner took notice last: was active, or opened a nudge.</summary>
    internal static long NoticedAtMs(NudgeLog log, long lastActivityAtMs)
    {
        foreach (var entry in log.Entries)
        {
            lastActivityAtMs = Math.Max(lastActivityAtMs, entry.OpenedAtMs);
        }

        return lastActivityAtMs;
    }

    private static int Lower(int wanted, int cap) => wanted == 0 ? cap : Math.Min(wanted, cap);
}
