using System.Globalization;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using Grpc.Core;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>What a fault is called, under which load it is done, and what is promised. Limits on times are asserted with <c>FAULTS=full</c> only.</summary>
internal sealed record FaultPlan(string Name)
{
    public WorkloadPlan Workload { get; init; } = new();

    /// <summary>Events that are acknowledged before the fault begins, so that every process has warmed up.</summary>
    public int EventsBefore { get; init; } = 5_000;

    /// <summary>How long after the fault, or after its end where it lasts, no event waits for more than a second any more.</summary>
    public TimeSpan RecoveryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that any learner's event may wait for its acknowledgement.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a client's stream may break with UNAVAILABLE only.</summary>
    public bool OnlyUnavailable { get; init; }

    /// <summary>Whether the fault itself sends events that are to be rejected, or whose fate it does not wait for.</summary>
    public bool MayEndOtherwise { get; init; }

    /// <summary>The most resident memory that any process may take, in bytes.</summary>
    public long MemoryBytesMax { get; init; } = 2L << 30;
}

/// <summary>A fault done to a server under load, and the check afterwards that it kept its word: what is acknowledged is stored, once, and counted.</summary>
internal sealed class FaultRun
{
    private const int LearnersReadMax = 5_000;
    private static readonly TimeSpan _eventsDeadline = TimeSpan.FromMinutes(5);

    // After a crash, what was not yet told to rosters is found by the sweep: marks older than 30 seconds, every 10 seconds.
    private static readonly TimeSpan _quietDeadline = TimeSpan.FromSeconds(90);

    private readonly FaultPlan _plan;
    private readonly int _seed;
    private TimeSpan? _beganAt;
    private TimeSpan? _endedAt;

    private FaultRun(FaultPlan plan, History history, Workload workload, int seed) => (_plan, History, Workload, _seed) = (plan, history, workload, seed);

    /// <summary>Also what the fault itself sends belongs in here.</summary>
    public History History { get; }

    public Workload Workload { get; }

    /// <summary>For choices of the fault: the same for the same seed.</summary>
    public Random Random => field ??= new(_seed);

    /// <summary>Runs a fault as often as is asked for.</summary>
    /// <param name="output">Where the seeds and figures go.</param>
    /// <param name="plan">What is done and promised.</param>
    /// <param name="startAsync">Starts the server.</param>
    /// <param name="faultAsync">Does the fault while events stream, and sees it through to its end.</param>
    public static async Task RepeatAsync<TTarget>(ITestOutputHelper output, FaultPlan plan, Func<Task<TTarget>> startAsync, Func<TTarget, FaultRun, Task> faultAsync)
        where TTarget : IFaultTarget
    {
        using var temporary = new TemporaryDirectory();
        var directory = Directory.CreateDirectory(FaultSettings.Directory ?? temporary.Path);
        for (var round = 0; round < FaultSettings.Rounds; round++)
        {
            var seed = FaultSettings.Seed + round;
            FaultReport.Print(output, $"{plan.Name}: round {round + 1} begins with seed {seed}");
            await using var target = await startAsync();
            try
            {
                using var history = new History(Path.Combine(directory.FullName, string.Create(CultureInfo.InvariantCulture, $"{plan.Name}-{seed}.history")));
                await using var workload = new Workload(plan.Workload, history, seed, target.Addresses);
                var run = new FaultRun(plan, history, workload, seed);
                (await run.RunAsync(target, () => faultAsync(target, run))).Conclude(output, plan);
            }
            catch (Exception exception)
            {
                FaultReport.Fail(output, plan, seed, exception);
                output.WriteLine(target.Describe());
                throw;
            }
            finally
            {
                await File.WriteAllTextAsync(Path.Combine(directory.FullName, string.Create(CultureInfo.InvariantCulture, $"{plan.Name}-{seed}.log")), target.Describe());
            }
        }
    }

    /// <summary>Notes what is done to the server; the first such moment is the fault's beginning.</summary>
    public void Begins(string what)
    {
        History.Fault(what);
        _beganAt ??= History.Now;
    }

    /// <summary>Notes that the fault is over; the recovery time counts from the last such moment.</summary>
    public void Ends(string what)
    {
        History.Fault(what);
        _endedAt = History.Now;
    }

    /// <summary>Lets the class go on for a while, until everything that was due by then is acknowledged.</summary>
    public Task GoOnAsync(TimeSpan time) => Workload.CaughtUpAsync(time, _eventsDeadline);

    /// <summary>Lets the fault last for a while.</summary>
    public static Task LastsAsync(TimeSpan time) => Task.Delay(time);

    private async Task<FaultReport> RunAsync(IFaultTarget target, Func<Task> faultAsync)
    {
        using var measured = new MemoryGauge(() => target.LargestMemoryBytes);
        await Workload.StartAsync();
        await Workload.AcknowledgedMoreAsync(_plan.EventsBefore, _eventsDeadline);
        await faultAsync();
        await Workload.StopAsync(_eventsDeadline);
        History.Dispose();
        using var directory = new TemporaryDirectory();
        var exported = Path.Combine(directory.Path, "exported");
        await ExportAsync(target, exported);
        var verdict = HistoryChecker.Check(HistoryEntry.Read(History.Path), new NeutralLayout(exported).ReadEvents(new()).Where(e => e.Source == HistoryEntry.Source));
        Assert.True(verdict.Violations.Count == 0, $"{verdict.Violations.Count} violations: {string.Join("; ", verdict.Violations.Take(10))}");
        await CompareLearnersAsync(verdict);
        await CompareCoursesAsync(verdict);
        var from = _endedAt ?? _beganAt ?? TimeSpan.Zero;
        return new(_seed, verdict, verdict.Usual(_beganAt ?? TimeSpan.Zero), verdict.RecoveredWithin(from), verdict.Worst(_beganAt ?? TimeSpan.Zero), measured.LargestBytes, Workload.BrokenBy, Workload.Bugs);
    }

    private static async Task ExportAsync(IFaultTarget target, string to)
    {
        await using var tool = ChildProcess.StartDotnet("CourseCompletion.Cli", ["export", .. target.StoreArguments, "--out", to]);
        Assert.True(await tool.ExitCodeAsync(_eventsDeadline) == 0, tool.Describe());
        Assert.DoesNotContain("are missing", tool.Errors, StringComparison.Ordinal);
    }

    private Task CompareLearnersAsync(HistoryVerdict verdict)
    {
        var every = Math.Max(1, verdict.Counts.Count / LearnersReadMax);
        var learners = verdict.Counts.Where((_, i) => i % every == 0);
        return Parallel.ForEachAsync(learners, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (expected, _) =>
            await Eventually.HoldsAsync($"the events of {expected.Key}", _quietDeadline, () => WhatIsWrongAsync(async () =>
            {
                var answer = await Workload.Reader.Learners.GetLearnerAsync(new() { LearnerId = expected.Key });
                return answer.Learner.EventCount == expected.Value ? null : $"{answer.Learner.EventCount} are not {expected.Value}";
            })));
    }

    private async Task CompareCoursesAsync(HistoryVerdict verdict)
    {
        foreach (var course in verdict.Facts.Courses)
        {
            var expected = verdict.Facts.Sums(course);
            await Eventually.HoldsAsync($"the sums of {course}", _quietDeadline, () => WhatIsWrongAsync(async () =>
            {
                var actual = CourseSums.Of((await Workload.Reader.Courses.GetEngagementAsync(new() { CourseId = course })).Engagement);
                return actual == expected ? null : $"{actual} is not {expected}";
            }));
        }
    }

    private static async Task<string?> WhatIsWrongAsync(Func<Task<string?>> readAsync)
    {
        try
        {
            return await readAsync();
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted)
        {
            return exception.Status.Detail;
        }
    }
}
