using System.Collections.Concurrent;
using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.UnitTests.Grains.Campaigns.Delivery;

/// <summary>A channel of which a test says how attempts end.</summary>
internal sealed class ScriptedSender(Func<int, CancellationToken, Task<SendOutcome>> attempt) : INudgeSender
{
    private int _underWay;
    private int _mostUnderWay;

    public ConcurrentQueue<NudgeMessage> Attempts { get; } = new();

    public int MostUnderWay => _mostUnderWay;

    public NudgeChannel Channel => NudgeChannel.Webhook;

    /// <summary>One whose nth attempt ends like the nth of these, and later ones like the last.</summary>
    public static ScriptedSender Of(params SendOutcome[] outcomes) => new((attempt, _) => Task.FromResult(outcomes[Math.Min(attempt, outcomes.Length) - 1]));

    public async Task<SendOutcome> SendAsync(NudgeMessage message, CancellationToken cancellationToken)
    {
        int attempts;
        lock (Attempts)
        {
            Attempts.Enqueue(message);
            attempts = Attempts.Count;
            _mostUnderWay = Math.Max(_mostUnderWay, ++_underWay);
        }

        try
        {
            return await attempt(attempts, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
