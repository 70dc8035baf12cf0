using System.Globalization;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Redis.Learners;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>Reads every journal, segment, mark, row and grain state of the store, as its readers would, and collects what they would report.</summary>
/// <remarks>Keys are found by scanning, page by page, so that a large store is verified beside its work; what changes meanwhile may be missed.</remarks>
internal sealed class RedisStoreVerifier(
    ConnectionMultiplexer connection, RedisKeys keys, RedisJournalReader journals, IRosterStore rosters) : IStoreVerifier
{
    private const int DamagesMax = 1000;
    private const int PageKeys = 500;
    private const int TailPageFrames = 256;

    public async Task<StoreVerification> VerifyAllAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var database = connection.GetDatabase();
        var report = new Report(progress);
        try
        {
            for (var partition = 0; partition < keys.PartitionCount; partition++)
            {
                report.Part = string.Create(CultureInfo.InvariantCulture, $"partition {partition + 1} of {keys.PartitionCount}");
                await VerifyHeadsAsync(database, keys.Partition(partition), report, cancellationToken).ConfigureAwait(false);
                await VerifyMarksAsync(database, keys.Partition(partition), report, cancellationToken).ConfigureAwait(false);
            }

            foreach (var server in connection.GetServers())
            {
                if (server.IsConnected && !server.IsReplica)
                {
                    report.Part = "identities and rosters";
                    await VerifyKeysAsync(server, database, report, cancellationToken).ConfigureAwait(false);
                    report.Part = "grain states";
                    await VerifyStatesAsync(server, database, report, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfRead("The store", exception);
        }

        return new StoreVerification(report.ItemsRead, report.Damages);
    }

    private async Task VerifyHeadsAsync(IDatabase database, RedisPartitionKeys partition, Report report, CancellationToken cancellationToken)
    {
        await foreach (var head in database.HashScanAsync(partition.Heads, pageSize: PageKeys, flags: CommandFlags.DemandMaster)
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // The field without a name is the partition's epoch.
            if (head.Name.Length() > 0)
            {
                await report.TryAsync(() => VerifyJournalAsync(LearnerKey.Parse(head.Name!), report, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    private async Task VerifyJournalAsync(LearnerKey learner, Report report, CancellationToken cancellationToken)
    {
        var after = 0L;
        LearnerTail page;
        do
        {
            page = await journals.ReadAsync(learner, after, TailPageFrames, cancellationToken).ConfigureAwait(false);
            report.ItemsRead += page.Frames.Count;
            after = page.Frames.Count == 0 ? page.HeadSequence : page.Frames[^1].Sequence;
        }
        while (after < page.HeadSequence);
    }

    private static async Task VerifyMarksAsync(IDatabase database, RedisPartitionKeys partition, Report report, CancellationToken cancellationToken)
    {
        await foreach (var mark in database.HashScanAsync(partition.Pending, pageSize: PageKeys, flags: CommandFlags.DemandMaster)
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            report.ItemsRead++;
            if (!RedisMark.TryReadField(mark.Name!, out _, out _) || !RedisMark.TryReadValue(mark.Value!, out _, out _))
            {
                report.Add($"'{mark.Name}' = '{mark.Value}' is not a pending mark.");
            }
        }
    }

    private async Task VerifyKeysAsync(IServer server, IDatabase database, Report report, CancellationToken cancellationToken)
    {
        await foreach (var key in server.KeysAsync(database.Database, keys.Pattern, PageKeys).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (keys.TryReadDedupe(key!, out var learner, out var segment))
            {
                report.ItemsRead++;
                await report.TryAsync(async () => await journals.ReadSegmentAsync(learner, segment, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            else if (keys.TryReadJournal(key!, out learner))
            {
                await report.TryAsync(() => RequireHeadAsync(database, learner)).ConfigureAwait(false);
            }
            else if (keys.TryReadRoster(key!, out var roster))
            {
                await report.TryAsync(async () =>
                {
                    await foreach (var row in rosters.ReadAsync(roster, cancellationToken).ConfigureAwait(false))
                    {
                        report.ItemsRead++;
                        if (row.IsDamaged)
                        {
                            report.Add($"The row of learner '{row.Learner}' in roster '{roster}' fails its checksum.");
                        }
                    }
                }).ConfigureAwait(false);
            }
        }
    }

    // Whatever grains store ends with its own checksum.
    private async Task VerifyStatesAsync(IServer server, IDatabase database, Report report, CancellationToken cancellationToken)
    {
        await foreach (var key in server.KeysAsync(database.Database, keys.StatePattern, PageKeys).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            report.ItemsRead++;
            await report.TryAsync(async () =>
            {
                var stored = (byte[]?)await database.HashGetAsync(key, "data", CommandFlags.DemandMaster).ConfigureAwait(false);
                if (stored is { Length: > 0 })
                {
                    _ = PayloadReader.Open(stored, $"state '{key}'");
                }
            }).ConfigureAwait(false);
        }
    }

    // Journals are verified by their heads, so a journal whose head was lost shows here only.
    private async Task RequireHeadAsync(IDatabase database, LearnerKey learner)
    {
        if (!await database.HashExistsAsync(keys.Of(learner).Heads, learner.Value, CommandFlags.DemandMaster).ConfigureAwait(false))
        {
            throw new StoreCorruptException($"Learner '{learner}' has frames, but no head.");
        }
    }

    private sealed class Report(IProgress<VerificationProgress>? progress)
    {
        private readonly List<string> _damages = [];
        private long _itemsRead;

        /// <summary>What is being read.</summary>
        public string Part { get; set; } = string.Empty;

        public long ItemsRead
        {
            get => _itemsRead;
            set
            {
                _itemsRead = value;
                progress?.Report(new(Part, value));
            }
        }

        public IReadOnlyList<string> Damages => _damages;

        public async Task TryAsync(Func<Task> read)
        {
            try
            {
                await read().ConfigureAwait(false);
            }
            catch (Exception damage) when (damage is StoreCorruptException or FormatException || RedisFailure.IsDamage(damage))
            {
                Add(damage.Message);
            }
        }

        public void Add(string damage)
        {
            if (_damages.Count < DamagesMax)
            {
                _damages.Add(damage);
            }
            else if (_damages.Count == DamagesMax)
            {
                _damages[^1] = string.Create(CultureInfo.InvariantCulture, $"There are more than {DamagesMax - 1} damages; the others are not listed.");
            }
        }
    }
}
