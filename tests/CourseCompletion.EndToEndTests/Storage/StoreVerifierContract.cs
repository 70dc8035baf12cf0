using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A verification reads everything and finds nothing wrong with what a store wrote itself.</summary>
public abstract class StoreVerifierContract(StoreUnderTest store) : StorageContract(store)
{
    [StoreFact]
    public async Task VerifyAll_EmptyStore_IsWell() => Assert.Empty((await Store.Verifier.VerifyAllAsync(null, None)).Damages);

    [StoreFact]
    public async Task VerifyAll_EveryKindOfItem_IsReadAndWell()
    {
        var roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);
        foreach (var id in new[] { "ada", "bob", "a/b|c", "日本" })
        {
            await AppendFramesAsync(Learner(id), 5);
            await AppendAsync(Learner(id), 5, "frame 6", "default/c-1", "default/c|2");
            await Store.Journal.SealAsync(new DedupeSeal(Learner(id), 4, [new(new DedupeSegmentId("phone|1/2", 20_000), [1, 2, 3])], []), None);
            await Store.Journal.TrimAsync(Learner(id), 3, expectedHead: 6, None);
            await Store.Rosters.WriteAsync(roster, [new(new LearnerId(id), new(1, 1, 1), Bytes(id))], [], None);
        }

        // So that nothing is in memory only.
        await Store.ReopenAsync();
        var verification = await Store.Verifier.VerifyAllAsync(null, None);

        Assert.Empty(verification.Damages);
        Assert.True(verification.ItemsRead >= 12, $"Only {verification.ItemsRead} items were read.");
    }
}
