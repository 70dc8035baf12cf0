using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Report;

/// <summary>The latest contribution of one learner to one campaign's report. Rows replace rows, so they may arrive repeatedly and in any order.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Version">Which state of the learner it stems from.</param>
/// <param name="Membership">The learner's part in the campaign; not to be changed.</param>
/// <param name="CompletedAtMs">When the learner completed the course of the membership; 0 while not.</param>
public sealed record CampaignRow(LearnerId Learner, RowVersion Version, CampaignMembership Membership, long CompletedAtMs)
{
    /// <summary>How many shards a campaign's tally has.</summary>
    public const int ShardCount = 8;

    /// <summary>The shard that holds a learner's row.</summary>
    public static int ShardOf(LearnerId learner) => CourseKey.ShardOf(learner, ShardCount);

    /// <summary>The row of a learner's part in a campaign as it is now: a copy.</summary>
    public static CampaignRow From(LearnerId learner, long incarnation, LearnerState state, CampaignMembership membership) => new(
        learner,
        new(incarnation, membership.ChangedAtSequence, 0),
        membership.Copy(),
        state.FindEnrolment(membership.Course)?.CompletedAtMs ?? 0);
}
