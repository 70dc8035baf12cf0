using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Ends messages to a learner.</summary>
public interface IUnsubscriptions
{
    /// <summary>Returns once the learner's next gate decision honours the opt-out. Safe to repeat; for a learner who is not known it does nothing.</summary>
    Task OptOutAsync(TenantId tenant, LearnerId learner, string purpose, CancellationToken cancellationToken);
}
