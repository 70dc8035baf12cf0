namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>A channel: a port that the project of channels, or an installation's own code, implements.</summary>
/// <remarks>
/// Called from several threads at once. An attempt ends within the sender's own time limit. The same message may come again after a crash, with the same <see cref="NudgeMessage.NudgeId"/>: a sender passes the id on, so that the
/// receiver can tell. No sender logs contents or addresses.
/// </remarks>
public interface INudgeSender
{
    /// <summary>The channel that it serves; one sender a channel.</summary>
    NudgeChannel Channel { get; }

    /// <summary>Makes one attempt. What can go wrong with a receiver is an outcome, not an exception.</summary>
    Task<SendOutcome> SendAsync(NudgeMessage message, CancellationToken cancellationToken);
}
