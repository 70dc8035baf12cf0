namespace CourseCompletion.Domain.Completion.Bands;

/// <summary>Where bands begin: at shares of those who completed, at the same share of their time.</summary>
public sealed record BandPolicy
{
    /// <summary>The policy with its documented defaults.</summary>
    public static BandPolicy Default { get; } = new();

    /// <summary>On track is who stands no lower than this share of completers did; 0.01 to 0.75. Default 0.25.</summary>
    public double OnTrackShare { get; init; } = 0.25;

    /// <summary>Slipping is who stands lower, but no lower than this share of them; 0.01 to <see cref="OnTrackShare"/>. Default 0.10.</summary>
    public double SlippingShare { get; init; } = 0.10;

    /// <summary>At risk is who stands lower still, but no lower than this share of them, and lost is the rest; 0.01 to <see cref="SlippingShare"/>. Default 0.02.</summary>
    public double AtRiskShare { get; init; } = 0.02;

    /// <summary>How far beyond a border, in logits, the probability must be before the band changes: one that sways about the border keeps its band. Default 0.2.</summary>
    public double HysteresisLogits { get; init; } = 0.2;
}
