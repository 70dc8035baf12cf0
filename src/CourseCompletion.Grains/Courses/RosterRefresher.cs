using System.Threading.Channels;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Courses;

/// <summary>Asks learners for new rows after a course's definition changed, at a limited rate.</summary>
/// <remarks>Not a grain: a roster must not wait for a learner, so it leaves a page of learners here and looks again when it reports next.</remarks>
internal sealed partial class RosterRefresher(
    IGrainFactory grains,
    IOptions<CourseOptions> options,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<RosterRefresher> log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int PagesMax = 16;
    private const int CallsAtOnceMax = 32;

    private readonly Channel<Page> _pages = Channel.CreateBounded<Page>(new BoundedChannelOptions(PagesMax) { FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _stopping = new();
    private Task _refreshing = Task.CompletedTask;

    /// <summary>Takes a page of learners to ask; null when enough pages wait already, to be offered again later.</summary>
    /// <returns>Ends when all were asked and their rows had time to arrive: until then the same learners need not be offered again.</returns>
    public Task? TryRefresh(CourseKey course, List<LearnerId> learners)
    {
        var page = new Page(course, learners);
        return _pages.Writer.TryWrite(page) ? page.Asked.Task : null;
    }

    public void Dispose() => _stopping.Dispose();

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(RosterRefresher),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _refreshing = Task.Factory.StartNew(RefreshAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
            return Task.CompletedTask;
        },
        async cancellation =>
        {
            await _stopping.CancelAsync();
            await _refreshing.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

    private async Task RefreshAsync()
    {
        await foreach (var page in _pages.Reader.ReadAllAsync(_stopping.Token))
        {
            foreach (var chunk in page.Learners.Chunk(CallsAtOnceMax))
            {
                await Task.WhenAll(chunk.Select(learner => TellAsync(page.Course, learner)));
                await Task.Delay(TimeSpan.FromSeconds((double)chunk.Length / options.Value.RefreshesPerSecondMax), time, _stopping.Token);
            }

            await Task.Delay(options.Value.CollectFor, time, _stopping.Token);
            page.Asked.SetResult();
        }
    }

    private async Task TellAsync(CourseKey course, LearnerId learner)
    {
        try
        {
            await grains.GetGrain<ILearnerTellingGrain>(LearnerKey.For(course.Tenant, learner).Value).TellAsync([course.Value]);
        }
        catch (Exception e)
        {
            LogTellFailed(log, learner.Value, course.Value, e);
        }
    }

    [LoggerMessage(2130, LogLevel.Warning, "Learner {Learner} could not be asked for a new row of course {Course}; the roster asks again.")]
    private static partial void LogTellFailed(ILogger logger, string learner, string course, Exception e);

    private sealed record Page(CourseKey Course, List<LearnerId> Learners)
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
