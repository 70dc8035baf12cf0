using CourseCompletion.Domain.Learners;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What every pending index does: a mark outlives everything but its own acknowledgement.</summary>
public abstract class PendingIndexContract(StoreUnderTest store) : StorageContract(store)
{
    private static readonly TimeSpan _halfMinute = TimeSpan.FromSeconds(30);

    [StoreFact]
    public async Task Append_WithTargets_SetsAMarkForEach()
    {
        var ada = Learner("ada");

        await AppendAsync(ada, 0, "frame 1", "default/c-1", "default/c-2");

        Assert.Equal([new(ada, "default/c-1", 1), new(ada, "default/c-2", 1)], await MarksAsync(ada));
    }

    [StoreFact]
    public async Task Append_Fenced_SetsNoMark()
    {
        var ada = Learner("ada");
        await AppendAsync(ada, 0, "frame 1", "default/c-1");

        await AppendAsync(ada, 0, "stale", "default/c-2");

        Assert.Equal([new(ada, "default/c-1", 1)], await MarksAsync(ada));
    }

    [StoreFact]
    public async Task Append_Newer_RaisesTheVersionAndKeepsTheAge()
    {
        var ada = Learner("ada");
        await AppendAsync(ada, 0, "frame 1", "default/c-1");
        Store.Clock.Advance(_halfMinute + TimeSpan.FromSeconds(1));
        await AppendAsync(ada, 1, "frame 2", "default/c-1", "default/c-2");

        Assert.Equal([new(ada, "default/c-1", 2)], await MarksAsync(ada, _halfMinute));
        Assert.Equal([new(ada, "default/c-1", 2), new(ada, "default/c-2", 2)], await MarksAsync(ada));
    }

    [StoreFact]
    public async Task Acknowledge_OlderVersion_LeavesTheMark()
    {
        var ada = Learner("ada");
        await AppendAsync(ada, 0, "frame 1", "default/c-1");
        await AppendAsync(ada, 1, "frame 2", "default/c-1");

        await Store.Pending.AcknowledgeAsync([new(ada, "default/c-1", 1)], None);

        Assert.Equal([new(ada, "default/c-1", 2)], await MarksAsync(ada));
    }

    [StoreFact]
    public async Task Acknowledge_OlderVersionBesideACurrentOne_LeavesTheNewerMark()
    {
        var (ada, bob) = (Learner("ada"), Learner("bob"));
        await AppendAsync(ada, 0, "frame 1", "default/c-1");
        await AppendAsync(ada, 1, "frame 2", "default/c-1");
        await AppendAsync(bob, 0, "frame 1", "default/c-1");

        await Store.Pending.AcknowledgeAsync([new(ada, "default/c-1", 1), new(bob, "default/c-1", 1)], None);

        Assert.Equal([new(ada, "default/c-1", 2)], await MarksAsync(ada));
        Assert.Empty(await MarksAsync(bob));
    }

    [StoreFact]
    public async Task Acknowledge_SameOrNewerVersion_RemovesThatMarkOnly()
    {
        var (ada, bob) = (Learner("ada"), Learner("bob"));
        await AppendAsync(ada, 0, "frame 1", "default/c-1", "default/c-2", "default/c-3");
        await AppendAsync(bob, 0, "frame 1", "default/c-1");

        await Store.Pending.AcknowledgeAsync([new(ada, "default/c-1", 1), new(ada, "default/c-2", 9), new(Learner("nobody"), "default/c-1", 1)], None);

        Assert.Equal([new(ada, "default/c-3", 1)], await MarksAsync(ada));
        Assert.Equal([new(bob, "default/c-1", 1)], await MarksAsync(bob));
    }

    [StoreFact]
    public async Task Acknowledge_ThenAppend_TheMarkIsYoungAgain()
    {
        var ada = Learner("ada");
        await AppendAsync(ada, 0, "frame 1", "default/c-1");
        Store.Clock.Advance(_halfMinute * 2);
        await Store.Pending.AcknowledgeAsync([new(ada, "default/c-1", 1)], None);
        await AppendAsync(ada, 1, "frame 2", "default/c-1");

        Assert.Empty(await MarksAsync(ada, _halfMinute));
        Assert.Equal([new(ada, "default/c-1", 2)], await MarksAsync(ada));
    }

    [StoreFact]
    public async Task Acknowledge_Nothing_IsHarmless() => await Store.Pending.AcknowledgeAsync([], None);

    [StoreFact]
    public async Task ReadOlderThan_YoungMarks_AreLeftAlone()
    {
        var ada = Learner("ada");
        await AppendAsync(ada, 0, "frame 1", "default/c-1");

        Assert.Empty(await MarksAsync(ada, _halfMinute));
        Store.Clock.Advance(_halfMinute + TimeSpan.FromSeconds(1));
        Assert.Equal([new(ada, "default/c-1", 1)], await MarksAsync(ada, _halfMinute));
    }

    [StoreFact]
    public async Task ReadOlderThan_Sweeps_ReachEveryMarkOnce()
    {
        var learners = Enumerable.Range(0, 3_000).Select(number => Learner($"learner-{number}")).ToArray();
        await Task.WhenAll(learners.Select(learner => AppendAsync(learner, 0, "frame 1", "default/c-1", "default/c-2").AsTask()));

        var told = new List<PendingMark>();
        for (var partition = 0; partition < Store.Pending.PartitionCount; partition++)
        {
            while (await Store.Pending.ReadOlderThanAsync(partition, TimeSpan.Zero, 50, None) is { Count: > 0 } marks)
            {
                Assert.InRange(marks.Count, 1, 50);
                Assert.All(marks, mark => Assert.Equal(partition, mark.Learner.Partition(Store.Pending.PartitionCount)));
                told.AddRange(marks);
                await Store.Pending.AcknowledgeAsync(marks, None);
            }
        }

        Assert.Equal(6_000, told.Count);
        Assert.Equal(6_000, told.Distinct().Count());
    }

    [StoreFact]
    public async Task ReadOlderThan_MarksThatCannotBeTold_DoNotHideTheOthers()
    {
        var learners = LearnersOfPartition(0).Take(1_500).ToArray();
        await Task.WhenAll(learners.Select(learner => AppendAsync(learner, 0, "frame 1", "default/c-1").AsTask()));

        var seen = new HashSet<PendingMark>();
        for (var sweep = 0; sweep < 20; sweep++)
        {
            var marks = await Store.Pending.ReadOlderThanAsync(0, TimeSpan.Zero, 200, None);
            Assert.Equal(marks.Count, marks.Distinct().Count());
            seen.UnionWith(marks);

            // Some are told, also the one at which the sweep stopped or will go on.
            await Store.Pending.AcknowledgeAsync([.. marks.Where((_, number) => number % 50 == 49), new(learners[(sweep * 200) % 1_500], "default/c-1", 1)], None);
        }

        Assert.True(seen.Count >= 1_480, $"Only {seen.Count} of 1,500 marks were seen.");
    }

    [StoreFact]
    public async Task ReadOlderThan_ClockWentForwardAndBack_LaterMarksAreNotHidden()
    {
        var learners = LearnersOfPartition(0).Take(3).ToArray();
        await AppendAsync(learners[0], 0, "frame 1", "default/c-1");
        Store.Clock.Advance(TimeSpan.FromDays(1));
        await AppendAsync(learners[1], 0, "frame 1", "default/c-1");
        Store.Clock.Advance(-TimeSpan.FromDays(1));
        await AppendAsync(learners[2], 0, "frame 1", "default/c-1");

        Store.Clock.Advance(_halfMinute + TimeSpan.FromSeconds(1));

        Assert.Contains(new(learners[2], "default/c-1", 1), await Store.Pending.ReadOlderThanAsync(0, _halfMinute, 10, None));
    }

    [StoreFact]
    public async Task Reopen_MarksAndTheirAgesAreThere()
    {
        var ada = Learner("ada");
        await AppendAsync(ada, 0, "frame 1", "default/c-1");
        Store.Clock.Advance(_halfMinute + TimeSpan.FromSeconds(1));

        await Store.ReopenAsync();

        Assert.Equal([new(ada, "default/c-1", 1)], await MarksAsync(ada, _halfMinute));
    }

    private IEnumerable<LearnerKey> LearnersOfPartition(int partition) =>
        Enumerable.Range(0, int.MaxValue).Select(number => Learner($"learner-{number}")).Where(learner => learner.Partition(Store.Pending.PartitionCount) == partition);

    private async Task<PendingMark[]> MarksAsync(LearnerKey learner, TimeSpan age = default)
    {
        var partition = learner.Partition(Store.Pending.PartitionCount);
        var marks = await Store.Pending.ReadOlderThanAsync(partition, age, 10_000, None);
        return [.. marks.Where(mark => mark.Learner == learner).OrderBy(mark => mark.Target, StringComparer.Ordinal)];
    }
}
