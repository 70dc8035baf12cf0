namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>How one attempt to send ended.</summary>
/// <param name="Status">Delivered, to be tried again, or refused for good.</param>
/// <param name="Reason">Why it was not delivered, in a few words without addresses or contents, such as <c>http 503</c>; "" when it was.</param>
/// <param name="After">How long the receiver asked to be left alone; null when it did not say.</param>
public readonly record struct SendOutcome(SendStatus Status, string Reason, TimeSpan? After)
{
    /// <summary>The receiver has it.</summary>
    public static SendOutcome Delivered => new(SendStatus.Delivered, "", null);

    /// <summary>It may work later.</summary>
    public static SendOutcome TryAgain(string reason, TimeSpan? after = null) => new(SendStatus.TryAgain, reason, after);

    /// <summary>It will never work.</summary>
    public static SendOutcome Refused(string reason) => new(SendStatus.Refused, reason, null);
}

/// <summary>The ends of an attempt.</summary>
public enum SendStatus : byte
{
    /// <summary>The receiver has it.</summary>
    Delivered = 0,

    /// <summary>It may work later.</summary>
    TryAgain = 1,

    /// <summary>It will never work.</summary>
    Refused = 2,
}
