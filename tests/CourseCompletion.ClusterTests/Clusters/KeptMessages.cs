using System.Collections.Concurrent;
using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.ClusterTests.Clusters;

/// <summary>What a receiver outside of the cluster got, by idempotency key.</summary>
internal sealed class KeptMessages
{
    private readonly ConcurrentDictionary<string, NudgeMessage> _messages = new();

    public IReadOnlyCollection<NudgeMessage> All => [.. _messages.Values];

    /// <summary>What is answered to the next attempts; delivered when it is null.</summary>
    public Func<NudgeMessage, SendOutcome>? Answer { get; set; }

    public SendOutcome Take(NudgeMessage message)
    {
        var outcome = Answer?.Invoke(message) ?? SendOutcome.Delivered;
        if (outcome.Status == SendStatus.Delivered)
        {
            _messages[message.NudgeId] = message;
        }

        return outcome;
    }
}

/// <summary>A silo's way to the receiver: cut off with the silo.</summary>
internal sealed class LinkedSender(KeptMessages receiver, SiloLink link) : INudgeSender
{
    public NudgeChannel Channel => NudgeChannel.Webhook;

    public Task<SendOutcome> SendAsync(NudgeMessage message, CancellationToken cancellationToken)
    {
        link.Check();
        var outcome = receiver.Take(message);
        link.Check();
        return Task.FromResult(outcome);
    }
}
