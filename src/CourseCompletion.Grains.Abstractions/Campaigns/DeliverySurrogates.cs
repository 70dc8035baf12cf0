using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Abstractions.Campaigns;

/// <summary>How the end of a delivery travels.</summary>
[GenerateSerializer, Alias("cc.delivery-end")]
public struct DeliveryEndSurrogate
{
    /// <summary>The channel.</summary>
    [Id(0)]
    public NudgeChannel Channel { get; set; }

    /// <summary>How it ended.</summary>
    [Id(1)]
    public DeliveryStatus Status { get; set; }

    /// <summary>When.</summary>
    [Id(2)]
    public long AtMs { get; set; }

    /// <summary>How many attempts were made.</summary>
    [Id(3)]
    public int Attempts { get; set; }

    /// <summary>Why it was not delivered.</summary>
    [Id(4)]
    public string Reason { get; set; }
}

/// <summary>Converts ends of deliveries.</summary>
[RegisterConverter]
public sealed class DeliveryEndConverter : IConverter<DeliveryEnd, DeliveryEndSurrogate>
{
    /// <inheritdoc/>
    public DeliveryEnd ConvertFromSurrogate(in DeliveryEndSurrogate surrogate) => new(surrogate.Channel, surrogate.Status, surrogate.AtMs, surrogate.Attempts, surrogate.Reason);

    /// <inheritdoc/>
    public DeliveryEndSurrogate ConvertToSurrogate(in DeliveryEnd value) =>
        new() { Channel = value.Channel, Status = value.Status, AtMs = value.AtMs, Attempts = value.Attempts, Reason = value.Reason };
}

/// <summary>How a dead letter travels.</summary>
[GenerateSerializer, Alias("cc.dead-letter")]
public struct DeadLetterSurrogate
{
    /// <summary>The nudge.</summary>
    [Id(0)]
    public string NudgeId { get; set; }

    /// <summary>The learner.</summary>
    [Id(1)]
    public string Learner { get; set; }

    /// <summary>The campaign.</summary>
    [Id(2)]
    public string Campaign { get; set; }

    /// <summary>The occurrence.</summary>
    [Id(3)]
    public string Occurrence { get; set; }

    /// <summary>How the delivery ended.</summary>
    [Id(4)]
    public DeliveryEnd End { get; set; }
}

/// <summary>Converts dead letters.</summary>
[RegisterConverter]
public sealed class DeadLetterConverter : IConverter<DeadLetter, DeadLetterSurrogate>
{
    /// <inheritdoc/>
    public DeadLetter ConvertFromSurrogate(in DeadLetterSurrogate surrogate) =>
        new(surrogate.NudgeId, new LearnerId(surrogate.Learner), surrogate.Campaign, surrogate.Occurrence, surrogate.End);

    /// <inheritdoc/>
    public DeadLetterSurrogate ConvertToSurrogate(in DeadLetter value) =>
        new() { NudgeId = value.NudgeId, Learner = value.Learner.Value, Campaign = value.Campaign, Occurrence = value.Occurrence, End = value.End };
}
