using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns.Assignment;

/// <summary>Draws by hash: who is in a campaign's control group, and every other draw that must come out the same again.</summary>
/// <remarks>
/// XXH3-64 over the parts, each with its length, so that no two lists of parts read alike. A draw depends on nothing but its parts: every silo, a replay and an audit
/// get the same one. Other salts give independent draws.
/// </remarks>
public static class CampaignAssignment
{
    /// <summary>From so many eligible learners on a fifth is enough for the control group.</summary>
    public const long LargeAudience = 5_000;

    /// <summary>From so many courses on a campaign about questions draws by course; of fewer the interval would mostly say nothing (decision 0025).</summary>
    public const int ManyCourses = 12;

    // Every third to fifth salt fits; with a share near 0 or 1, one in some hundred.
    private const int SaltsMax = 10_000;

    /// <summary>The share of learners in the control group unless a campaign names its own: 0.5 below <see cref="LargeAudience"/> eligible learners, else 0.2.</summary>
    public static double ControlShareFor(long eligible) => eligible < LargeAudience ? 0.5 : 0.2;

    /// <summary>For what a campaign draws unless it says so itself: about questions for each course where there are <see cref="ManyCourses"/>, else for each cluster of questions; about anything else for each learner.</summary>
    public static AssignmentUnit UnitFor(NudgePurpose purpose, int courses) =>
        purpose != NudgePurpose.Questions ? AssignmentUnit.Learner : courses < ManyCourses ? AssignmentUnit.QuestionCluster : AssignmentUnit.Course;

    /// <summary>A salt with which as many of the courses are in control as the share says, rounded to a whole course and at least one on each side.</summary>
    /// <remarks>Each course would be drawn by itself else, and of twelve fewer than four were in control for one campaign in fourteen. Which courses it are is still left to the hash.</remarks>
    /// <param name="salt">What the salt begins with.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="courses">The courses, at least two.</param>
    /// <param name="controlShare">From 0 to 1.</param>
    public static string BalancedSalt(string salt, TenantId tenant, IReadOnlyCollection<CourseId> courses, double controlShare)
    {
        var wanted = Math.Clamp((int)Math.Round(courses.Count * controlShare), 1, courses.Count - 1);
        return Enumerable.Range(0, SaltsMax).Select(i => i == 0 ? salt : string.Create(CultureInfo.InvariantCulture, $"{salt}.{i}"))
            .FirstOrDefault(drawn => courses.Count(course => GroupOfCluster(drawn, tenant, AssignmentCluster.OfCourse(course), controlShare) == CampaignGroup.Control) == wanted, salt);
    }

    /// <summary>The group of a learner in the campaign with this salt.</summary>
    /// <param name="salt">The campaign's own, kept for its whole life.</param>
    /// <param name="tenant">The learner's tenant.</param>
    /// <param name="learner">The learner.</param>
    /// <param name="controlShare">From 0 to 1. A larger share keeps everyone who was in control and adds others.</param>
    public static CampaignGroup GroupOf(string salt, TenantId tenant, LearnerId learner, double controlShare) =>
        GroupOf(UniformOf("learner", salt, tenant.Value, learner.Value), controlShare);

    /// <summary>The group of everyone in a cluster, a course or a cluster of questions, where learners of one cluster affect each other.</summary>
    public static CampaignGroup GroupOfCluster(string salt, TenantId tenant, AssignmentCluster cluster, double controlShare) =>
        GroupOf(UniformOf("cluster", salt, tenant.Value, cluster.Value.ToString("x16", CultureInfo.InvariantCulture)), controlShare);

    /// <summary>A number from 0 up to but without 1 that these parts always give.</summary>
    /// <param name="purpose">What is drawn, such as "arm"; draws for other purposes are independent.</param>
    /// <param name="parts">What it is drawn for, such as an occurrence's id and a learner's.</param>
    public static double UniformOf(string purpose, params ReadOnlySpan<string> parts) => (HashOf(purpose, parts) >> 11) * (1.0 / (1UL << 53));

    /// <summary>The hash that is behind a draw.</summary>
    internal static ulong HashOf(string purpose, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder(purpose);
        foreach (var part in parts)
        {
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
        }

        return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static CampaignGroup GroupOf(double uniform, double controlShare) => uniform < controlShare ? CampaignGroup.Control : CampaignGroup.Treatment;
}
