using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Grains.Abstractions.Comments;

/// <summary>How an adaptation travels: in its stored layout.</summary>
[GenerateSerializer, Alias("cc.comment-adaptation")]
public struct CommentAdaptationSurrogate
{
    /// <summary>The encoded adaptation.</summary>
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts adaptations.</summary>
[RegisterConverter]
public sealed class CommentAdaptationConverter : IConverter<CommentAdaptation, CommentAdaptationSurrogate>
{
    /// <inheritdoc/>
    public CommentAdaptation ConvertFromSurrogate(in CommentAdaptationSurrogate surrogate) => CommentAdaptationCodec.Decode(surrogate.Payload);

    /// <inheritdoc/>
    public CommentAdaptationSurrogate ConvertToSurrogate(in CommentAdaptation value) => new() { Payload = CommentAdaptationCodec.Encode(value) };
}

/// <summary>How a label travels.</summary>
[GenerateSerializer, Alias("cc.comment-label")]
public struct CommentLabelSurrogate
{
    /// <summary>Whether its author is content.</summary>
    [Id(0)]
    public bool? Positive { get; set; }

    /// <summary>Whether its author does not understand something.</summary>
    [Id(1)]
    public bool? Confused { get; set; }

    /// <summary>Whether its author needs an answer soon.</summary>
    [Id(2)]
    public bool? Urgent { get; set; }

    /// <summary>Whether it is advertisement or abuse.</summary>
    [Id(3)]
    public bool? Spam { get; set; }

    /// <summary>The bits of the aspects.</summary>
    [Id(4)]
    public byte? Aspects { get; set; }
}

/// <summary>Converts labels.</summary>
[RegisterConverter]
public sealed class CommentLabelConverter : IConverter<CommentLabel, CommentLabelSurrogate>
{
    /// <inheritdoc/>
    public CommentLabel ConvertFromSurrogate(in CommentLabelSurrogate surrogate) => new(
        surrogate.Positive, surrogate.Confused, surrogate.Urgent, surrogate.Spam, surrogate.Aspects is { } bits ? new CommentAspectSet(bits) : null);

    /// <inheritdoc/>
    public CommentLabelSurrogate ConvertToSurrogate(in CommentLabel value) => new()
    {
        Positive = value.Positive,
        Confused = value.Confused,
        Urgent = value.Urgent,
        Spam = value.Spam,
        Aspects = value.Aspects?.Bits,
    };
}

/// <summary>How what was read in a comment travels.</summary>
[GenerateSerializer, Alias("cc.comment-note")]
public struct CommentNoteSurrogate
{
    /// <summary>The language's number.</summary>
    [Id(0)]
    public byte Language { get; set; }

    /// <summary>Contentment in percent.</summary>
    [Id(1)]
    public byte PositivePercent { get; set; }

    /// <summary>Confusion in percent.</summary>
    [Id(2)]
    public byte ConfusionPercent { get; set; }

    /// <summary>Urgency in percent.</summary>
    [Id(3)]
    public byte UrgencyPercent { get; set; }

    /// <summary>Advertisement or abuse in percent.</summary>
    [Id(4)]
    public byte SpamPercent { get; set; }

    /// <summary>The bits of the aspects.</summary>
    [Id(5)]
    public byte Aspects { get; set; }
}

/// <summary>Converts what was read in comments.</summary>
[RegisterConverter]
public sealed class CommentNoteConverter : IConverter<CommentNote, CommentNoteSurrogate>
{
    /// <inheritdoc/>
    public CommentNote ConvertFromSurrogate(in CommentNoteSurrogate surrogate) => new(
        (CommentLanguage)surrogate.Language,
        surrogate.PositivePercent,
        surrogate.ConfusionPercent,
        surrogate.UrgencyPercent,
        surrogate.SpamPercent,
        new(surrogate.Aspects));

    /// <inheritdoc/>
    public CommentNoteSurrogate ConvertToSurrogate(in CommentNote value) => new()
    {
        Language = (byte)value.Language,
        PositivePercent = value.PositivePercent,
        ConfusionPercent = value.ConfusionPercent,
        UrgencyPercent = value.UrgencyPercent,
        SpamPercent = value.SpamPercent,
        Aspects = value.Aspects.Bits,
    };
}
