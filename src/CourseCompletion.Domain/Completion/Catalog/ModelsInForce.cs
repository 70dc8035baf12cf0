using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>Which models a silo scores with, as of one instant. Immutable.</summary>
/// <param name="champion">The model that scores, by tenant where one has calibrated it.</param>
/// <param name="shadow">The model beside it; null for none.</param>
public sealed class ModelsInForce(TenantModels champion, TenantModels? shadow)
{
    /// <summary>The model that scores a tenant's learners.</summary>
    public TenantModel ChampionOf(TenantId tenant) => champion.Of(tenant);

    /// <summary>The model beside it, which nobody is shown; null for none.</summary>
    public TenantModel? ShadowOf(TenantId tenant) => shadow?.Of(tenant);
}
