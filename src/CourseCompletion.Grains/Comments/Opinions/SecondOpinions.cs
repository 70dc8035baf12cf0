using System.Diagnostics;
using System.Threading.Channels;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Learners;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Comments.Opinions;

/// <summary>Has the comments of this silo's learners read again of which the first reader was unsure, one after the other, once their events are durable.</summary>
/// <remarks>
/// A service of the silo and no grain: nobody waits for it. What finds no room, what a crash takes, and what a learner cannot store just now stays as the first reader had it:
/// asking again could count twice.
/// </remarks>
internal sealed partial class SecondOpinions(IEnumerable<ISecondCommentReader> readers, IGrainFactory grains, ILogger<SecondOpinions> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int WaitingMax = 1_000;

    private static readonly TimeSpan _stopWithin = TimeSpan.FromSeconds(5);

    private readonly ISecondCommentReader? _reader = readers.LastOrDefault();
    private readonly Channel<(LearnerKey Learner, LearnerEvent Event)> _unsure =
        Channel.CreateBounded<(LearnerKey, LearnerEvent)>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>Takes those of a learner's events, durable by now, whose texts are to be read again.</summary>
    public void Offer(LearnerKey learner, IReadOnlyList<LearnerEvent> events)
    {
        if (_reader is null)
        {
            return;
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (CommentOpinionRules.IsUnsure(events[i], _reader.MarginPercent) && !_unsure.Writer.TryWrite((learner, events[i])))
            {
                Count("no_room");
            }
        }
    }

    public void Participate(ISiloLifecycle lifecycle)
    {
        if (_reader is null)
        {
            return;
        }

        lifecycle.Subscribe(
            nameof(SecondOpinions),
            ServiceLifecycleStage.Active,
            _ =>
            {
                // Its own thread: a reading takes a processor for longer than those of the pool should be kept.
                _reading = Task.Factory.StartNew(ReadAll, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
                return Task.CompletedTask;
            },
            async cancellation =>
            {
                await _stopping.CancelAsync();
                await _reading.WaitAsync(_stopWithin, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            });
    }

    public void Dispose() => _stopping.Dispose();

    private void ReadAll()
    {
        try
        {
            while (_unsure.Reader.WaitToReadAsync(_stopping.Token).AsTask().GetAwaiter().GetResult())
            {
                while (!_stopping.IsCancellationRequested && _unsure.Reader.TryRead(out var unsure))
                {
                    ReadAsync(unsure.Learner, unsure.Event).GetAwaiter().GetResult();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task ReadAsync(LearnerKey learner, LearnerEvent e)
    {
        try
        {
            var opinion = CommentOpinionRules.Of(e, _reader!.ReadPositive(e.Text!));
            await grains.GetGrain<ILearnerOpinionGrain>(learner.Value).HearAsync(OpinionMessage.Of(opinion));
            Count("given");
        }
        catch (Exception error)
        {
            // Of one comment: the next may be read.
            LogNotGiven(log, learner.Value, error);
            Count("failed");
        }
    }

    private static void Count(string outcome) => GrainMetrics.SecondOpinions.Add(1, new TagList { { "outcome", outcome } });

    [LoggerMessage(2711, LogLevel.Warning, "The second opinion on a comment of learner {Learner} could not be had or stored; the first one stays.")]
    private static partial void LogNotGiven(ILogger log, string learner, Exception exception);
}
