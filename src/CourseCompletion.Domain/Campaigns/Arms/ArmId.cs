namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>Names one way to act: a template at a timing, or sending nothing.</summary>
public readonly record struct ArmId(string Value)
{
    /// <summary>Sending nothing, which is an arm like any other but never wears off.</summary>
    public static ArmId NoSend { get; } = new("no-send");

    /// <summary>A template at a timing.</summary>
    public static ArmId Of(string template, string timing) => new($"{template}@{timing}");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
