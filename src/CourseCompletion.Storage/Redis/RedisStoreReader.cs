using System.Globalization;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Reading;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>Reads the journals and courses of a store on Redis beside the silos that serve it.</summary>
internal static class RedisStoreReader
{
    private const int PageKeys = 500;
    private const int TailPageFrames = 256;

    /// <summary>Reads them.</summary>
    public static async Task ReadAsync(
        StorageOptions options, string serviceId, IStoreReceiver receiver, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var view = await RedisStoreView.OpenAsync(options, serviceId, "coursecompletion-export", cancellationToken).ConfigureAwait(false);
            await using (view.ConfigureAwait(false))
            {
                await ReadJournalsAsync(view, receiver, progress, cancellationToken).ConfigureAwait(false);
                await ReadCoursesAsync(view, receiver, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (RedisFailure.IsOne(failure))
        {
            throw new StoreUnavailableException($"Redis cannot be reached or read: {failure.Message}", failure);
        }
    }

    private static async Task ReadJournalsAsync(
        RedisStoreView view, IStoreReceiver receiver, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var database = view.Connection.GetDatabase();
        var read = 0L;
        for (var partition = 0; partition < view.Keys.PartitionCount; partition++)
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"partition {partition + 1} of {view.Keys.PartitionCount}");
            await foreach (var head in database.HashScanAsync(view.Keys.Partition(partition).Heads, pageSize: PageKeys, flags: CommandFlags.DemandMaster)
                .WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                // The field without a name is the partition's epoch.
                if (head.Name.Length() > 0)
                {
                    read += await ReadJournalAsync(view, LearnerKey.Parse(head.Name!), receiver, cancellationToken).ConfigureAwait(false);
                    progress?.Report(new(part, read));
                }
            }
        }
    }

    private static async Task<long> ReadJournalAsync(RedisStoreView view, LearnerKey learner, IStoreReceiver receiver, CancellationToken cancellationToken)
    {
        var (after, read) = (0L, 0L);
        while (true)
        {
            var page = await view.Journals.ReadAsync(learner, after, TailPageFrames, cancellationToken).ConfigureAwait(false);
            foreach (var frame in page.Frames)
            {
                receiver.Stored(learner, frame);
            }

            read += page.Frames.Count;
            if (page.Frames.Count == 0 || page.Frames[^1].Sequence >= page.HeadSequence)
            {
                return read;
            }

            after = page.Frames[^1].Sequence;
        }
    }

    // Orleans' storage names a grain's state {service}/state/{grain type}/{key}/{state}; both the type and the state of a course are "course".
    private static async Task ReadCoursesAsync(RedisStoreView view, IStoreReceiver receiver, CancellationToken cancellationToken)
    {
        var database = view.Connection.GetDatabase();
        foreach (var server in view.Connection.GetServers().Where(server => server.IsConnected && !server.IsReplica))
        {
            await foreach (var key in server.KeysAsync(database.Database, view.Keys.CoursePattern, PageKeys).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var stored = (byte[]?)await database.HashGetAsync(key, "data", CommandFlags.DemandMaster).ConfigureAwait(false);
                if (stored is not { Length: > 0 })
                {
                    continue;
                }

                try
                {
                    receiver.Course(CourseCodec.Decode(stored).Course);
                }
                catch (StoreCorruptException damage)
                {
                    receiver.Damaged($"The definition under '{key}' cannot be read: {damage.Message}");
                }
            }
        }
    }
}
