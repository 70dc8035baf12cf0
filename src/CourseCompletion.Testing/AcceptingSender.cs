using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Testing;

/// <summary>A channel outside of the engine that takes whatever it is sent.</summary>
internal sealed class AcceptingSender(NudgeChannel channel) : INudgeSender
{
    public NudgeChannel Channel => channel;

    public Task<SendOutcome> SendAsync(NudgeMessage message, CancellationToken cancellationToken) => Task.FromResult(SendOutcome.Delivered);
}
