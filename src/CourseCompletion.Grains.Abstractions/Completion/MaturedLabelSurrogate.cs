using CourseCompletion.Domain.Completion.Calibration;

namespace CourseCompletion.Grains.Abstractions.Completion;

/// <summary>How a matured label travels.</summary>
[GenerateSerializer, Alias("cc.matured-label")]
public struct MaturedLabelSurrogate
{
    /// <summary>When the cohort matured.</summary>
    [Id(0)]
    public long MaturesAtMs { get; set; }

    /// <summary>The hash of the learner's id.</summary>
    [Id(1)]
    public ulong LearnerHash { get; set; }

    /// <summary>The model's own logit.</summary>
    [Id(2)]
    public float Logit { get; set; }

    /// <summary>The logit that was answered.</summary>
    [Id(3)]
    public float ServedLogit { get; set; }

    /// <summary>What happened.</summary>
    [Id(4)]
    public bool Completed { get; set; }

    /// <summary>Whether the learner was in the global holdout.</summary>
    [Id(5)]
    public bool IsHeldOut { get; set; }
}

/// <summary>Converts matured labels.</summary>
[RegisterConverter]
public sealed class MaturedLabelConverter : IConverter<MaturedLabel, MaturedLabelSurrogate>
{
    /// <inheritdoc/>
    public MaturedLabel ConvertFromSurrogate(in MaturedLabelSurrogate surrogate) =>
        new(new(surrogate.MaturesAtMs, surrogate.LearnerHash), surrogate.Logit, surrogate.ServedLogit, surrogate.Completed, surrogate.IsHeldOut);

    /// <inheritdoc/>
    public MaturedLabelSurrogate ConvertToSurrogate(in MaturedLabel value) => new()
    {
        MaturesAtMs = value.Place.MaturesAtMs,
        LearnerHash = value.Place.LearnerHash,
        Logit = value.Logit,
        ServedLogit = value.ServedLogit,
        Completed = value.Completed,
        IsHeldOut = value.IsHeldOut,
    };
}

/// <summary>How a proxy label travels.</summary>
[GenerateSerializer, Alias("cc.proxy-label")]
public struct ProxyLabelSurrogate
{
    /// <summary>When its week ended.</summary>
    [Id(0)]
    public long EndsAtMs { get; set; }

    /// <summary>The hash of the learner's id.</summary>
    [Id(1)]
    public ulong LearnerHash { get; set; }

    /// <summary>The model's own logit.</summary>
    [Id(2)]
    public float Logit { get; set; }

    /// <summary>Whether the learner was active.</summary>
    [Id(3)]
    public bool IsActive { get; set; }

    /// <summary>The week of the enrolment.</summary>
    [Id(4)]
    public int Week { get; set; }
}

/// <summary>Converts proxy labels.</summary>
[RegisterConverter]
public sealed class ProxyLabelConverter : IConverter<ProxyLabel, ProxyLabelSurrogate>
{
    /// <inheritdoc/>
    public ProxyLabel ConvertFromSurrogate(in ProxyLabelSurrogate surrogate) => new(new(surrogate.EndsAtMs, surrogate.LearnerHash), surrogate.Week, surrogate.Logit, surrogate.IsActive);

    /// <inheritdoc/>
    public ProxyLabelSurrogate ConvertToSurrogate(in ProxyLabel value) => new()
    {
        EndsAtMs = value.Place.MaturesAtMs,
        LearnerHash = value.Place.LearnerHash,
        Logit = value.Logit,
        IsActive = value.IsActive,
        Week = value.Week,
    };
}
