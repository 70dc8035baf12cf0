using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What every store must do. One class per port holds the tests; one small class per store and port runs them.</summary>
public abstract class StorageContract(StoreUnderTest store) : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected StoreUnderTest Store { get; } = store;

    public Task InitializeAsync() => Store.OpenAsync();

    public Task DisposeAsync() => Store.DisposeAsync().AsTask();

    protected static LearnerKey Learner(string id) => LearnerKey.For(TenantId.Default, new LearnerId(id));

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected ValueTask<AppendOutcome> AppendAsync(LearnerKey learner, long expectedHead, string payload, params string[] targets) =>
        Store.Journal.AppendAsync(new LearnerAppend(learner, expectedHead, Bytes(payload), targets), None);

    /// <summary>Appends frames 1 to <paramref name="count"/>, whose payloads are their numbers.</summary>
    protected async Task AppendFramesAsync(LearnerKey learner, int count)
    {
        for (var sequence = 1; sequence <= count; sequence++)
            Assert.Equal(AppendOutcome.Applied, await AppendAsync(learner, sequence - 1, $"frame {sequence}"));
    }

    protected ValueTask<LearnerTail> TailAsync(LearnerKey learner, long after = 0) => Store.Journal.ReadTailAsync(learner, after, None);

    protected static string[] Payloads(IEnumerable<JournalFrame> frames) => [.. frames.Select(frame => Encoding.UTF8.GetString(frame.Payload.Span))];
}
