using Xunit;

namespace CourseCompletion.UnitTests.Simulation;

public class EngineSimulationTests
{
    private const int SeedCount = 1_000;

    // To look at one seed that failed: replace the range by it.
    [Fact]
    public void Run_ThousandSchedules_CourseSumsEqualTheSumOverLearnersAndNothingIsLostOrCountedTwice()
    {
        var happened = new Dictionary<string, int>();
        Parallel.ForEach(Enumerable.Range(0, SeedCount), seed =>
        {
            var simulation = new EngineSimulation(seed);
            try
            {
                simulation.Run();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"The simulation with seed {seed} failed: {e.Message}", e);
            }

            lock (happened)
            {
                foreach (var (what, times) in simulation.Happened)
                {
                    happened[what] = happened.GetValueOrDefault(what) + times;
                }
            }
        });

        // A schedule in which nothing goes wrong would prove nothing.
        Assert.All(
            (string[])
            [
                "Accepted", "Duplicate", "TooLate", "crashed before remembering", "crashed between remembering and telling", "answer lost", "learner crashed",
                "crashed between seal and snapshot", "crashed between snapshot and trim", "journal trimmed", "roster crashed", "rows under way lost", "row delivered twice",
                "stale row refused", "acknowledgement lost", "told again", "course revised", "row refreshed", "backed up", "restored",
            ],
            what => Assert.True(happened.GetValueOrDefault(what) >= SeedCount / 10, $"'{what}' happened {happened.GetValueOrDefault(what)} times in all."));
    }
}
