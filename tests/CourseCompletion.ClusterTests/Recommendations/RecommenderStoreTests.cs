using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Recommendations;
using Orleans.Storage;
using Xunit;
using MemoryGrainStorage = CourseCompletion.Testing.Stores.MemoryGrainStorage;

namespace CourseCompletion.ClusterTests.Recommendations;

/// <summary>Two activations of one recommender at once, as while a silo that hangs is given up by the others.</summary>
public sealed class RecommenderStoreTests
{
    private static readonly GrainId _grain = GrainId.Create("recommender", "default");

    private readonly MemoryGrainStorage _storage = new();

    [Fact]
    public async Task Append_AnotherActivationWentOn_FailsAndLosesNothing()
    {
        var (hung, _) = await LoadAsync();
        await hung.AppendAsync(1, [Row("ana")]);
        var (successor, _) = await LoadAsync();
        await successor.AppendAsync(1, [Row("ben")]);
        await successor.AppendAsync(1, [Row("cem")]);

        await Assert.ThrowsAsync<InconsistentStateException>(() => hung.AppendAsync(1, [Row("eve")]));

        Assert.Equal(3, (await LoadAsync()).Recommender.LearnerCount);
    }

    [Fact]
    public async Task Checkpoint_AnotherActivationWentOn_FailsBeforeItWritesOverAnything()
    {
        var (hung, hungKnows) = await LoadAsync();
        await hung.AppendAsync(1, [Row("ana")]);
        hungKnows.Take(Row("ana"));
        var (successor, knows) = await LoadAsync();
        await successor.AppendAsync(1, [Row("ben")]);
        knows.Take(Row("ben"));
        await successor.CheckpointAsync(knows);

        await Assert.ThrowsAsync<InconsistentStateException>(() => hung.CheckpointAsync(hungKnows));
        await Assert.ThrowsAsync<InconsistentStateException>(() => hung.AppendAsync(1, [Row("eve")]));

        Assert.Equal(2, (await LoadAsync()).Recommender.LearnerCount);
    }

    [Fact]
    public async Task Checkpoint_SeveralInTurn_AreReadBackWithWhatCameSince()
    {
        var (store, knows) = await LoadAsync();
        for (var learner = 0; learner < 20; learner++)
        {
            knows.Take(Row($"learner-{learner}"));
            await store.AppendAsync(1, [Row($"learner-{learner}")]);
            if (learner % 4 == 3)
            {
                await store.CheckpointAsync(knows);
            }
        }

        await store.AppendAsync(1, [Row("the last")]);
        Assert.Equal((21, 42L), ((await LoadAsync()).Recommender.LearnerCount, (await LoadAsync()).Recommender.Revision));
    }

    private static TasteRow Row(string learner) => new(new(learner), default, 2, [new("algebra"), new("logic")]);

    private async Task<(RecommenderStore Store, LiveRecommender Recommender)> LoadAsync()
    {
        var (store, recommender) = (new RecommenderStore(_storage, _grain, 512), new LiveRecommender(RecommendationPolicy.Default));
        await store.LoadAsync(recommender);
        return (store, recommender);
    }
}
