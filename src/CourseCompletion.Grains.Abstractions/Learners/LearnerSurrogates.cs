using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>How an event travels between silos: in the layout of the journal.</summary>
[GenerateSerializer, Alias("cc.learner-event")]
public struct LearnerEventSurrogate
{
    /// <summary>The encoded event.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts events to and from their layout.</summary>
[RegisterConverter]
public sealed class LearnerEventConverter : IConverter<LearnerEvent, LearnerEventSurrogate>
{
    /// <inheritdoc/>
    public LearnerEvent ConvertFromSurrogate(in LearnerEventSurrogate surrogate)
    {
        var from = PayloadReader.Open(surrogate.Payload, "event");
        return LearnerEventCodec.Read(ref from);
    }

    /// <inheritdoc/>
    public LearnerEventSurrogate ConvertToSurrogate(in LearnerEvent value)
    {
        var to = new PayloadWriter();
        LearnerEventCodec.Write(to, value);
        return new() { Payload = to.Finish() };
    }
}

/// <summary>How a rejection travels.</summary>
[GenerateSerializer, Alias("cc.rejection")]
public struct RejectionSurrogate
{
    /// <summary>The reason.</summary>
    [Id(0)]
    public RejectionReason Reason { get; set; }

    /// <summary>The field.</summary>
    [Id(1)]
    public string Field { get; set; }

    /// <summary>The message.</summary>
    [Id(2)]
    public string Message { get; set; }
}

/// <summary>Converts rejections.</summary>
[RegisterConverter]
public sealed class RejectionConverter : IConverter<Rejection, RejectionSurrogate>
{
    /// <inheritdoc/>
    public Rejection ConvertFromSurrogate(in RejectionSurrogate surrogate) => new(surrogate.Reason, surrogate.Field, surrogate.Message);

    /// <inheritdoc/>
    public RejectionSurrogate ConvertToSurrogate(in Rejection value) =>
        new() { Reason = value.Reason, Field = value.Field, Message = value.Message };
}
