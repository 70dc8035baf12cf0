using CourseCompletion.Domain.Interests;

namespace CourseCompletion.Grains.Abstractions.Interests;

/// <summary>How what learners think of a topic travels: in its layout.</summary>
[GenerateSerializer, Alias("cc.topic-feedback")]
public struct TopicFeedbackSurrogate
{
    /// <summary>The encoded feedback.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts what learners think of a topic.</summary>
[RegisterConverter]
public sealed class TopicFeedbackConverter : IConverter<TopicFeedback, TopicFeedbackSurrogate>
{
    /// <inheritdoc/>
    public TopicFeedback ConvertFromSurrogate(in TopicFeedbackSurrogate surrogate) => TopicFeedback.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public TopicFeedbackSurrogate ConvertToSurrogate(in TopicFeedback value) => new() { Payload = value.Encode() };
}
