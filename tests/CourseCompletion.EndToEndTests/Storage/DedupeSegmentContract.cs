using CourseCompletion.Domain.Learners;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What every journal does with sealed identities.</summary>
public abstract class DedupeSegmentContract(StoreUnderTest store) : StorageContract(store)
{
    private static readonly DedupeSegmentId _monday = new("phone", 20_000);
    private static readonly DedupeSegmentId _tuesday = new("phone", 20_001);

    [StoreFact]
    public async Task ReadSegment_NeverSealed_IsEmpty() => Assert.Empty(await ReadAsync(Learner("ada"), _monday));

    [StoreFact]
    public async Task Seal_TwoSegments_AreReadBack()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 2);
        UInt128[] large = [UInt128.MaxValue, UInt128.Zero, UInt128.One << 64];

        Assert.Equal(AppendOutcome.Applied, await SealAsync(ada, 2, [new(_monday, large), new(_tuesday, [7])]));

        Assert.Equal(large.Order(), await ReadAsync(ada, _monday));
        Assert.Equal([7], await ReadAsync(ada, _tuesday));
        Assert.Empty(await ReadAsync(Learner("bob"), _monday));
    }

    [StoreFact]
    public async Task Seal_SameFramesAgain_ChangesNothing()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 2);

        for (var repeat = 0; repeat < 3; repeat++)
            Assert.Equal(AppendOutcome.Applied, await SealAsync(ada, 2, [new(_monday, [1, 2, 3])]));

        Assert.Equal([1, 2, 3], await ReadAsync(ada, _monday));
    }

    [StoreFact]
    public async Task Seal_SameFramesUnderAnotherCut_KeepsEachIdentityOnce()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 4);

        await SealAsync(ada, 2, [new(_monday, [1, 2])]);
        await SealAsync(ada, 3, [new(_monday, [1, 2, 3])]);
        await SealAsync(ada, 4, [new(_monday, [4])]);

        Assert.Equal([1, 2, 3, 4], await ReadAsync(ada, _monday));
    }

    [StoreFact]
    public async Task Seal_DroppedSegments_AreForgotten()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 2);
        await SealAsync(ada, 1, [new(_monday, [1]), new(_tuesday, [2])]);

        Assert.Equal(AppendOutcome.Applied, await SealAsync(ada, 2, [], _monday, new DedupeSegmentId("never there", 1)));

        Assert.Empty(await ReadAsync(ada, _monday));
        Assert.Equal([2], await ReadAsync(ada, _tuesday));
    }

    [StoreFact]
    public async Task Seal_FramesThatAreNotThere_IsFenced()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 2);
        await SealAsync(ada, 2, [new(_tuesday, [2])]);

        Assert.Equal(AppendOutcome.Fenced, await SealAsync(ada, 3, [new(_monday, [1])], _tuesday));
        Assert.Equal(AppendOutcome.Fenced, await SealAsync(Learner("nobody"), 1, [new(_monday, [1])]));

        Assert.Empty(await ReadAsync(ada, _monday));
        Assert.Equal([2], await ReadAsync(ada, _tuesday));
    }

    [StoreFact]
    public async Task Seal_UnusualSourcesAndDays_AreKeptApart()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 1);
        DedupeSegmentId[] segments = [new("a/1", 2), new("a", 12), new("1/a", 2), new("a|b:c{d}", -3), new("日本", 0), new("A/1", 2)];

        await SealAsync(ada, 1, [.. segments.Select((segment, i) => KeyValuePair.Create(segment, new UInt128[] { (UInt128)i }))]);

        for (var i = 0; i < segments.Length; i++)
            Assert.Equal([(UInt128)i], await ReadAsync(ada, segments[i]));
    }

    [StoreFact]
    public async Task Seal_ThenTrimAndReopen_IdentitiesStay()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 5);
        await SealAsync(ada, 4, [new(_monday, [.. Enumerable.Range(0, 10_000).Select(value => (UInt128)value)])]);
        await Store.Journal.TrimAsync(ada, 4, expectedHead: 5, None);

        await Store.ReopenAsync();

        Assert.Equal(10_000, (await ReadAsync(ada, _monday)).Length);
    }

    private ValueTask<AppendOutcome> SealAsync(
        LearnerKey learner, long through, KeyValuePair<DedupeSegmentId, UInt128[]>[] segments, params DedupeSegmentId[] dropped) =>
        Store.Journal.SealAsync(new DedupeSeal(learner, through, segments, dropped), None);

    // A segment is a set: its order says nothing.
    private async Task<UInt128[]> ReadAsync(LearnerKey learner, DedupeSegmentId segment) =>
        [.. (await Store.Journal.ReadSegmentAsync(learner, segment, None)).Order()];
}
