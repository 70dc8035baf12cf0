using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Very many at once: learners whom nobody knew, and everybody in one course.</summary>
[Collection(FaultCollection.Name)]
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int Newcomers = 100_000;
    private static readonly TimeSpan _within = TimeSpan.FromSeconds(60);

    [LongFault]
    public Task Newcomers_AHundredThousandInAMinute_AreAllTaken()
    {
        var plan = new FaultPlan("newcomers-100000")
        {
            Workload = new() { Learners = Newcomers, IsEachLearnerNew = true, EventsPerSecond = (int)(Newcomers / _within.TotalSeconds) },
            EventsBefore = 20_000,
            WaitMax = TimeSpan.FromSeconds(10),
            RecoveryMax = _within + TimeSpan.FromSeconds(10),
        };
        return FaultRun.RepeatAsync(output, plan, () => FaultCluster.StartAsync(new()), async (_, run) =>
        {
            run.Begins("newcomers");
            await run.Workload.AcknowledgedMoreAsync(Newcomers - run.Workload.Acknowledged, TimeSpan.FromMinutes(3));
        });
    }

    [LongFault]
    public Task OneCourse_WithEverybodyInIt_CountsExactly()
    {
        var plan = new FaultPlan("one-course")
        {
            Workload = new() { Learners = 30_000, Courses = 1, EventsPerSecond = 1_000 },
            WaitMax = TimeSpan.FromSeconds(15),
            RecoveryMax = TimeSpan.FromSeconds(30),
        };
        return FaultRun.RepeatAsync(output, plan, () => FaultCluster.StartAsync(new()), async (cluster, run) =>
        {
            await run.GoOnAsync(TimeSpan.FromSeconds(20));
            var silo = cluster.Silos[run.Random.Next(3)];
            run.Begins("kill -9 of a silo");
            await silo.KillAsync();
            await silo.StartAgainAsync();
            await run.GoOnAsync(TimeSpan.FromSeconds(20));
        });
    }
}
