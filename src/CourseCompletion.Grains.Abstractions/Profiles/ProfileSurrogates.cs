using CourseCompletion.Domain.Profiles;

namespace CourseCompletion.Grains.Abstractions.Profiles;

/// <summary>How profiles travel: in their layout.</summary>
[GenerateSerializer, Alias("cc.learning-profile")]
public struct LearningProfileSurrogate
{
    /// <summary>The encoded profile.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts profiles.</summary>
[RegisterConverter]
public sealed class LearningProfileConverter : IConverter<LearningProfile, LearningProfileSurrogate>
{
    /// <inheritdoc/>
    public LearningProfile ConvertFromSurrogate(in LearningProfileSurrogate surrogate) => LearningProfileCodec.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public LearningProfileSurrogate ConvertToSurrogate(in LearningProfile value) => new() { Payload = LearningProfileCodec.Encode(value) };
}
