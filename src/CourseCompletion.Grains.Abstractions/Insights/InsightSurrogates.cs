using CourseCompletion.Domain.Insights;

namespace CourseCompletion.Grains.Abstractions.Insights;

/// <summary>How sums of leaving travel: in their layout.</summary>
[GenerateSerializer, Alias("cc.leaving-sums")]
public struct LeavingSumsSurrogate
{
    /// <summary>The encoded sums.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts sums of leaving.</summary>
[RegisterConverter]
public sealed class LeavingSumsConverter : IConverter<LeavingSums, LeavingSumsSurrogate>
{
    /// <inheritdoc/>
    public LeavingSums ConvertFromSurrogate(in LeavingSumsSurrogate surrogate) => LeavingSums.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public LeavingSumsSurrogate ConvertToSurrogate(in LeavingSums value) => new() { Payload = value.Encode() };
}
