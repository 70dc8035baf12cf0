namespace CourseCompletion.Cli.Delivery;

/// <summary>How many events of a run were sent and what became of them.</summary>
internal record struct DeliveryCounts(long Sent, long Accepted, long Duplicate, long Rejected, long Unknown)
{
    /// <summary>Events that are done with.</summary>
    public readonly long Answered => Accepted + Duplicate + Rejected;
}

/// <summary>How many events were rejected for one reason.</summary>
/// <param name="Reason">The reason, with the field.</param>
/// <param name="Count">How many.</param>
/// <param name="Example">The first of them, and what the server said.</param>
internal sealed record RejectionCount(string Reason, long Count, string Example);
