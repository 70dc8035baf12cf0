using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>What an unsubscribe link asks for.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Learner">The learner.</param>
/// <param name="Purpose">The purpose of the messages that end.</param>
public readonly record struct UnsubscribeClaim(TenantId Tenant, LearnerId Learner, string Purpose);
