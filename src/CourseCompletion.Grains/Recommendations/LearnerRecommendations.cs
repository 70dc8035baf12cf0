using CourseCompletion.Domain.Completion.Bands;
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
        [.. TasteRules.NotWantedBy(state, nowMs, policy)])
    {
        Completed = [.. CompletedBy(state)],
        IsAtRisk = IsAtRisk(state),
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

    private static bool IsAtRisk(LearnerState state)
    {
        foreach (var enrolment in state.Enrolments)
        {
            if (enrolment is { Status: EnrolmentStatus.Active, Band: CompletionBand.AtRisk or CompletionBand.Lost })
            {
                return true;
            }
        }

        return false;
    }
}
