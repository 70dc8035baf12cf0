using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Learners;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Ends messages by the learner's own preferences.</summary>
internal sealed class LearnerUnsubscriptions(ILearnerDirectory learners) : IUnsubscriptions
{
    public async Task OptOutAsync(TenantId tenant, LearnerId learner, string purpose, CancellationToken cancellationToken)
    {
        if (NudgePurposes.Find(purpose) is { } known)
        {
            await learners.Find(LearnerKey.For(tenant, learner)).OptOutAsync(known).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
