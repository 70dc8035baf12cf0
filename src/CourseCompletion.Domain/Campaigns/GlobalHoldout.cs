using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns;

/// <summary>The learners whom no campaign reaches, so that what all campaigns do together can be measured.</summary>
/// <remarks>Drawn by a hash of tenant, learner and period: the same on every silo, and others in the next period.</remarks>
public static class GlobalHoldout
{
    /// <summary>The share of learners who are in it.</summary>
    public const double Share = 0.05;

    /// <summary>After how many days others are drawn; periods are counted from 1970-01-01 UTC.</summary>
    public const int PeriodDays = 90;

    /// <summary>Whether a learner is in it at an instant, at or after 1970.</summary>
    public static bool Includes(TenantId tenant, LearnerId learner, long atMs)
    {
        var period = atMs / (PeriodDays * LearnerTime.DayMs);
        var hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"global-holdout\n{period}\n{tenant.Value}\n{learner.Value}"));
        return (hash >> 11) * (1.0 / (1UL << 53)) < Share;
    }
}
