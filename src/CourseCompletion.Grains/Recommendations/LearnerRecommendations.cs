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
    public RecommendationQuery QueryOf(LearnerId learner, LearnerState state, int limit, long nowMs) => new(
        KeyHash.Of(learner.Value),
        nowMs,
        limit,
        [.. TasteRules.TakenBy(state).Select(TasteRules.HashOf)],
        [.. TasteRules.NotWantedBy(state, nowMs, policy)]);

    /// <summary>Asks.</summary>
    public ValueTask<RecommendationList> AskAsync(TenantId tenant, RecommendationQuery query) =>
        grains.GetGrain<IRecommenderGrain>(RecommenderKey.For(tenant).Value).RecommendAsync(query);
}
