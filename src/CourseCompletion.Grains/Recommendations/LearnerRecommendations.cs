using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Recommendations;

namespace CourseCompletion.Grains.Recommendations;

/// <summary>How a learner's grain asks its tenant's recommender.</summary>
internal sealed class LearnerRecommendations(IGrainFactory grains, RecommendationPolicy policy)
{
    /// <summary>How long a list may be.</summary>
    public int LimitMax => policy.LimitMax;

    /// <summary>What to ask for a learner as it is now.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="state">What it did.</param>
    /// <param name="isAtRisk">Whether a course that it has not finished is at risk now.</param>
    /// <param name="limit">How many courses.</param>
    /// <param name="nowMs">The time.</param>
    public RecommendationQuery QueryOf(LearnerId learner, LearnerState state, bool isAtRisk, int limit, long nowMs) => new(
        KeyHash.Of(learner.Value),
        nowMs,
        limit,
        [.. TasteRules.TakenBy(state).Select(TasteRules.HashOf)],
        [.. TasteRules.NotWantedBy(state, nowMs, policy)])
    {
        Completed = [.. CompletedBy(state)],
        IsAtRisk = isAtRisk,
    };

    /// <summary>Asks.</summary>
    public ValueTask<RecommendationList> AskAsync(TenantId tenant, RecommendationQuery query) =>
        grains.GetGrain<IRecommenderGrain>(RecommenderKey.For(tenant).Value).RecommendAsync(query);

    private static List<ulong> CompletedBy(LearnerState state)
    {
        var completed = new List<ulong>();
        foreach (var enrolment in state.Enrolments)
        {
            if (enrolment.Status == EnrolmentStatus.Completed)
            {
                completed.Add(TasteRules.HashOf(enrolment.Course));
            }
        }

        return completed;
    }
}
