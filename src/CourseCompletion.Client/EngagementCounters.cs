namespace CourseCompletion.Client;

/// <summary>What an <see cref="EngagementClient"/> has done since it was made.</summary>
/// <param name="Sent">Events written to the wire, each time counted.</param>
/// <param name="Accepted">Events answered with ACCEPTED.</param>
/// <param name="Duplicate">Events answered with DUPLICATE.</param>
/// <param name="Rejected">Events answered with REJECTED.</param>
/// <param name="Abandoned">Events reported with RETRY because the client stopped trying.</param>
/// <param name="Retried">Events sent again because the server answered RETRY.</param>
/// <param name="Resent">Events sent again because their stream broke before the answer.</param>
/// <param name="Reconnects">Streams opened after the first one.</param>
public readonly record struct EngagementCounters(
    long Sent, long Accepted, long Duplicate, long Rejected, long Abandoned, long Retried, long Resent, long Reconnects)
{
    /// <summary>Events whose fate was reported to the caller.</summary>
    public long Reported => Accepted + Duplicate + Rejected + Abandoned;
}
