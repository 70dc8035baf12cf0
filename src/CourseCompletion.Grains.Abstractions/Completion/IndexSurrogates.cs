using CourseCompletion.Domain.Completion.Index;

namespace CourseCompletion.Grains.Abstractions.Completion;

/// <summary>How a course's window sums travel: in their layout.</summary>
[GenerateSerializer, Alias("cc.window-sums")]
public struct WindowSumsSurrogate
{
    /// <summary>The encoded sums.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts window sums.</summary>
[RegisterConverter]
public sealed class WindowSumsConverter : IConverter<WindowSums, WindowSumsSurrogate>
{
    /// <inheritdoc/>
    public WindowSums ConvertFromSurrogate(in WindowSumsSurrogate surrogate) => WindowSumsCodec.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public WindowSumsSurrogate ConvertToSurrogate(in WindowSums value) => new() { Payload = WindowSumsCodec.Encode(value) };
}

/// <summary>How a reading of the completion index travels: in its layout.</summary>
[GenerateSerializer, Alias("cc.index-reading")]
public struct IndexReadingSurrogate
{
    /// <summary>The encoded reading.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts readings of the completion index.</summary>
[RegisterConverter]
public sealed class IndexReadingConverter : IConverter<IndexReading, IndexReadingSurrogate>
{
    /// <inheritdoc/>
    public IndexReading ConvertFromSurrogate(in IndexReadingSurrogate surrogate) => IndexReadingCodec.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public IndexReadingSurrogate ConvertToSurrogate(in IndexReading value) => new() { Payload = IndexReadingCodec.Encode(value) };
}
