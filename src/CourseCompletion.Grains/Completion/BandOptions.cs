using System.ComponentModel.DataAnnotations;
using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Grains.Completion;

/// <summary>Where the bands of enrolments begin. Section <c>Bands</c>.</summary>
public sealed class BandOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Bands";

    /// <summary>On track is who stands no lower than this share of completers did. Default 0.25.</summary>
    [Range(0.01, 0.75)]
    public double OnTrackShare { get; set; } = BandPolicy.Default.OnTrackShare;

    /// <summary>Slipping is who stands lower, but no lower than this share of them. Default 0.10.</summary>
    [Range(0.01, 0.75)]
    public double SlippingShare { get; set; } = BandPolicy.Default.SlippingShare;

    /// <summary>At risk is who stands lower still, but no lower than this share of them; lost is the rest. Default 0.02.</summary>
    [Range(0.01, 0.75)]
    public double AtRiskShare { get; set; } = BandPolicy.Default.AtRiskShare;

    /// <summary>How far beyond a border, in logits, the probability must be before the band changes. Default 0.2.</summary>
    [Range(0.0, 5.0)]
    public double HysteresisLogits { get; set; } = BandPolicy.Default.HysteresisLogits;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AtRiskShare > SlippingShare || SlippingShare > OnTrackShare)
        {
            yield return new("Set Bands:AtRiskShare, Bands:SlippingShare and Bands:OnTrackShare in ascending order.", [nameof(SlippingShare)]);
        }
    }

    internal BandPolicy ToPolicy() => new() { OnTrackShare = OnTrackShare, SlippingShare = SlippingShare, AtRiskShare = AtRiskShare, HysteresisLogits = HysteresisLogits };
}
