using System.Globalization;
using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Completion;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Prediction.Completion;
using Xunit;

namespace CourseCompletion.ClusterTests.Completion;

public sealed class ModelSwapTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private const int EventsPerBatch = 5;

    private readonly EngineCluster _cluster = fixture.Cluster;

    /// <summary>How many events are scored while models change; the figure in the documents was taken with 5,000,000: a million scores.</summary>
    private static int SwapEvents => int.Parse(Environment.GetEnvironmentVariable("SWAP_EVENTS") ?? "20000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Publish_WhileEventsAreScored_MissesNoScoreAndMixesNone()
    {
        var catalog = _cluster.Grains.GetGrain<IModelCatalogGrain>(IModelCatalogGrain.Key);
        var release = (await catalog.GetAsync()).Champion;
        var constants = new Dictionary<string, float>();
        var course = _cluster.NewCourse();
        await _cluster.DefineAsync(CourseBuilder.Of(course));
        await using var pump = _cluster.PumpClock();
        using var done = new CancellationTokenSource();

        var swapping = Task.Run(async () =>
        {
            for (var i = 0; i < 16 || !done.IsCancellationRequested; i++)
            {
                // Eight models in turn: published the first time, promoted afterwards; every third change is taken back.
                var (name, probability) = ($"constant-{i % 8}", (1 + (i % 8)) / 10f);
                lock (constants)
                {
                    constants[name] = probability;
                }

                Assert.Null((await catalog.PublishAsync(ModelFile.Encode(Constant(name, probability)), false)).Fault);
                if (i % 3 == 2)
                {
                    Assert.Null((await catalog.RollbackAsync()).Fault);
                }

                await Task.Delay(5);
            }
        });
        // Few enough events each, that no cap on what is remembered of one day is reached.
        var learners = Math.Max(40, SwapEvents / 20_000);
        var scored = await Task.WhenAll(_cluster.NewLearners(learners).Select(learner => ScoreAsync(new(_cluster, learner, course), SwapEvents / learners)));
        await done.CancelAsync();
        await swapping;

        var scores = scored.SelectMany(s => s).ToList();
        Assert.Equal(SwapEvents / EventsPerBatch, scores.Count);
        Assert.All(scores, score => Assert.True(
            score.ModelVersion == release || Math.Abs(constants[score.ModelVersion] - score.Probability) < 1e-6,
            $"{score.ModelVersion} scored {score.Probability}."));
        Assert.True(scores.Select(score => score.ModelVersion).Distinct().Count() > 4, "Hardly any model was swapped in while events came.");
        await AssertJournalsAgreeAsync(course.Value, constants, release);
    }

    [Fact]
    public async Task Publish_RefusedFile_ChangesNothingAndSaysWhy()
    {
        var catalog = _cluster.Grains.GetGrain<IModelCatalogGrain>(IModelCatalogGrain.Key);
        var before = await catalog.GetAsync();
        var damaged = ModelFile.Encode(Constant("damaged", 0.5f));
        damaged[40] ^= 1;

        var refused = await catalog.PublishAsync(damaged, false);
        var empty = await catalog.PublishAsync([], false);
        var proxy = await catalog.PublishAsync(ModelFile.Encode(Constant("proxy", 0.5f) with { Target = CompletionTarget.Persisted10Days }), false);

        Assert.Equal(["file", "file", "file"], new[] { refused, empty, proxy }.Select(answer => answer.Fault!.Field));
        Assert.Equal(before.Revision, (await catalog.GetAsync()).Revision);
    }

    [Fact]
    public async Task Publish_ThenEverySiloStartsAgain_ScoresWithTheSameModel()
    {
        // Disposing a cluster leaves a store in memory as it is.
        var store = new MemoryStore();
        await using (var first = await EngineCluster.StartAsync(store))
        {
            Assert.Null((await first.Grains.GetGrain<IModelCatalogGrain>(IModelCatalogGrain.Key).PublishAsync(ModelFile.Encode(Constant("kept", 0.375f)), false)).Fault);
        }

        await using var second = await EngineCluster.StartAsync(store);
        var course = second.NewCourse();
        await second.DefineAsync(CourseBuilder.Of(course));
        var learner = new Producer(second, second.NewLearner(), course);

        var score = Assert.Single((await learner.RecordAsync(learner.Make(EventKind.Liked))).Scores);

        Assert.Equal(("kept", 0.375f), (score.ModelVersion, score.Probability));
    }

    private static async Task<List<EnrolmentScore>> ScoreAsync(Producer learner, int events)
    {
        var scores = new List<EnrolmentScore>();
        for (var sent = 0; sent < events; sent += EventsPerBatch)
        {
            var outcome = await learner.RecordAsync(learner.Many(EventKind.Shared, EventsPerBatch));
            Assert.All(outcome.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
            scores.Add(Assert.Single(outcome.Scores));
        }

        return scores;
    }

    // What is stored was scored by the model that it names.
    private async Task AssertJournalsAgreeAsync(string course, Dictionary<string, float> constants, string release)
    {
        foreach (var learner in (await _cluster.Roster(new(course)).ListAsync(new(RosterOrder.ProbabilityAscending, 500, 0, null))).Select(entry => new LearnerId(entry.Learner)))
        {
            var tail = await _cluster.Store.Journal.ReadTailAsync(EngineCluster.KeyOf(learner), 0, CancellationToken.None);
            foreach (var frame in tail.Frames.Select(stored => LearnerFrame.Decode(stored.Payload.Span)).Where(frame => frame.ModelVersion != release))
            {
                Assert.Equal(constants[frame.ModelVersion], Assert.Single(frame.Conclusions).Probability, 1e-6f);
            }
        }
    }

    private static CompletionModel Constant(string name, float probability) => new()
    {
        Name = name,
        Target = CompletionTarget.CompletedByRule,
        HorizonDays = 100,
        FeatureVersion = CompletionFeatures.Version,
        FeatureNames = CompletionFeatures.Names,
        TrainedEnrolments = 1,
        BaseRate = probability,
        Trajectory = new(new float[CompleterTrajectory.PointCount * CompleterTrajectory.Levels.Length]),
        Function = new(LinearPart.None(CompletionFeatures.Count) with { Intercept = (float)Math.Log(probability / (1 - (double)probability)) }, new(CompletionFeatures.Count, [])),
    };
}
