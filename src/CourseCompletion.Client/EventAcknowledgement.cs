using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client;

/// <summary>What became of one event.</summary>
/// <param name="Event">The event, the same object that was sent.</param>
/// <param name="Result">The server's result, with the reason of a rejection and the new completion probability.</param>
/// <remarks>
/// A status of RETRY reaches the caller only when the client stopped trying: the client was disposed, gave up after
/// <see cref="EngagementClientOptions.ResendDurationMax"/>, or the server refused the stream for good. It is then unknown whether the
/// event is durable; sending the same event again later is safe.
/// </remarks>
public readonly record struct EventAcknowledgement(Event Event, EventResult Result)
{
    /// <summary>What became of the event.</summary>
    public EventStatus Status => Result.Status;

    /// <summary>Whether the event is durable: accepted now or before.</summary>
    public bool IsDurable => Status is EventStatus.Accepted or EventStatus.Duplicate;
}
