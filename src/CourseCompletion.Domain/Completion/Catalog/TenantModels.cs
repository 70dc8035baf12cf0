using System.Collections.Frozen;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>One model, as each tenant's labels let it be read. Immutable.</summary>
/// <param name="model">The model.</param>
/// <param name="calibrations">What was learned from the labels of tenants.</param>
public sealed class TenantModels(ICompletionPredictor model, IEnumerable<KeyValuePair<TenantId, CalibrationSnapshot>> calibrations)
{
    private readonly TenantModel _uncalibrated = new(model, CalibrationSnapshot.None);

    private readonly FrozenDictionary<TenantId, TenantModel> _calibrated =
        calibrations.ToFrozenDictionary(pair => pair.Key, pair => new TenantModel(model, pair.Value));

    /// <summary>The model for a tenant.</summary>
    public TenantModel Of(TenantId tenant) => _calibrated.GetValueOrDefault(tenant, _uncalibrated);
}
