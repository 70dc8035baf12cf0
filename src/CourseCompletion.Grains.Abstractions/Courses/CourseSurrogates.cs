using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Grains.Abstractions.Courses;

/// <summary>How a course id travels.</summary>
[GenerateSerializer, Alias("cc.course-id")]
public struct CourseIdSurrogate
{
    /// <summary>The id.</summary>
    [Id(0)]
    public string Value { get; set; }
}

/// <summary>Converts course ids.</summary>
[RegisterConverter]
public sealed class CourseIdConverter : IConverter<CourseId, CourseIdSurrogate>
{
    /// <inheritdoc/>
    public CourseId ConvertFromSurrogate(in CourseIdSurrogate surrogate) => new(surrogate.Value);

    /// <inheritdoc/>
    public CourseIdSurrogate ConvertToSurrogate(in CourseId value) => new() { Value = value.Value };
}

/// <summary>How a course definition travels: in its stored layout.</summary>
[GenerateSerializer, Alias("cc.course-definition")]
public struct CourseDefinitionSurrogate
{
    /// <summary>The encoded definition.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts course definitions.</summary>
[RegisterConverter]
public sealed class CourseDefinitionConverter : IConverter<CourseDefinition, CourseDefinitionSurrogate>
{
    /// <inheritdoc/>
    public CourseDefinition ConvertFromSurrogate(in CourseDefinitionSurrogate surrogate) => CourseCodec.Decode(surrogate.Payload).Course;

    /// <inheritdoc/>
    public CourseDefinitionSurrogate ConvertToSurrogate(in CourseDefinition value) => new() { Payload = CourseCodec.Encode(value, 0) };
}

/// <summary>How a roster's sums travel: in their layout.</summary>
[GenerateSerializer, Alias("cc.roster-sums")]
public struct RosterSumsSurrogate
{
    /// <summary>The encoded sums.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts a roster's sums.</summary>
[RegisterConverter]
public sealed class RosterSumsConverter : IConverter<RosterSums, RosterSumsSurrogate>
{
    /// <inheritdoc/>
    public RosterSums ConvertFromSurrogate(in RosterSumsSurrogate surrogate) => RosterSumsCodec.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public RosterSumsSurrogate ConvertToSurrogate(in RosterSums value) => new() { Payload = RosterSumsCodec.Encode(value) };
}

/// <summary>How a roster row travels: in its stored layout.</summary>
[GenerateSerializer, Alias("cc.roster-row")]
public struct RosterRowSurrogate
{
    /// <summary>The encoded row.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts roster rows.</summary>
[RegisterConverter]
public sealed class RosterRowConverter : IConverter<RosterRow, RosterRowSurrogate>
{
    /// <inheritdoc/>
    public RosterRow ConvertFromSurrogate(in RosterRowSurrogate surrogate) => RosterRowCodec.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public RosterRowSurrogate ConvertToSurrogate(in RosterRow value) => new() { Payload = RosterRowCodec.Encode(value) };
}

/// <summary>How a kept row travels: in its stored layout.</summary>
[GenerateSerializer, Alias("cc.kept-row")]
public struct KeptRowSurrogate
{
    /// <summary>The encoded row with its prediction.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts kept rows.</summary>
[RegisterConverter]
public sealed class KeptRowConverter : IConverter<KeptRow, KeptRowSurrogate>
{
    /// <inheritdoc/>
    public KeptRow ConvertFromSurrogate(in KeptRowSurrogate surrogate) => new(RosterRowCodec.Decode(surrogate.Payload, out var pending), pending);

    /// <inheritdoc/>
    public KeptRowSurrogate ConvertToSurrogate(in KeptRow value) => new() { Payload = RosterRowCodec.Encode(value.Row, value.Pending) };
}
