using System.Diagnostics;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Storage.Redis;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What a store says is durable survives the end of its server; what it does not know, it says so.</summary>
public sealed class RedisCrashTests : IAsyncLifetime
{
    private RedisServer _server = null!;
    private long _acknowledgements;

    public async Task InitializeAsync()
    {
        if (RedisRequirement.SkipReason is null)
            _server = await RedisServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [RedisFact]
    public async Task Append_ServerKilledUnderLoad_EverythingAcknowledgedIsThere()
    {
        await using var stores = new RedisStores(_server);
        var store = await stores.OpenAsync();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 200).Select(number => WriteUntilAsync(store, RedisStores.Learner($"learner-{number}"), stop.Token)).ToArray();

        for (var kill = 0; kill < 3; kill++)
        {
            await AcknowledgedMoreAsync(500);
            _server.Kill();
            await _server.StartAgainAsync();
        }

        await AcknowledgedMoreAsync(500);
        await stop.CancelAsync();
        var acknowledged = await Task.WhenAll(writers);

        for (var number = 0; number < writers.Length; number++)
        {
            var tail = await RedisStores.TailAsync(store, RedisStores.Learner($"learner-{number}"));
            Assert.True(tail.HeadSequence >= acknowledged[number], $"Learner {number}: frame {acknowledged[number]} was acknowledged, the head is {tail.HeadSequence}.");
            Assert.Equal(tail.HeadSequence, tail.Frames.Count);
        }
    }

    [RedisFact]
    public async Task Append_ServerHangs_OutcomeIsUnknownWithinTheTimeOutAndNothingIsSentTwice()
    {
        await using var stores = new RedisStores(_server);
        var store = await stores.OpenAsync(stores.Options("a") with { CommandTimeout = TimeSpan.FromSeconds(1) });
        var ada = RedisStores.Learner("ada");
        await RedisStores.AppendAsync(store, ada, 0);

        Signal("STOP");
        var waited = Stopwatch.StartNew();
        var hanging = RedisStores.AppendAsync(store, ada, 1, "while it hangs");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => hanging);
        var elapsed = waited.Elapsed;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedisStores.TailAsync(store, ada));
        Signal("CONT");

        Assert.InRange(elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
        var tail = await EventuallyAsync(() => RedisStores.TailAsync(store, ada));
        Assert.InRange(tail.Frames.Count, 1, 2);
        Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(store, ada, tail.HeadSequence));
    }

    [RedisFact]
    public async Task Open_NoServer_IsUnavailable()
    {
        await using var stores = new RedisStores(_server);
        _server.Kill();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.OpenAsync());

        await _server.StartAgainAsync();
    }

    [RedisFact]
    public async Task Append_ScriptsForgottenByTheServer_AreLoadedAgain()
    {
        await using var stores = new RedisStores(_server);
        var store = await stores.OpenAsync();
        var ada = RedisStores.Learner("ada");
        await RedisStores.AppendAsync(store, ada, 0);
        await (await stores.AdminAsync()).ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(store, ada, 1));
        Assert.Equal(2, (await RedisStores.TailAsync(store, ada)).Frames.Count);
    }

    [RedisFact]
    public async Task Append_MemoryIsFull_IsRefusedWholeAndReadsGoOn()
    {
        await using var stores = new RedisStores(_server);
        var store = await stores.OpenAsync();
        var ada = RedisStores.Learner("ada");
        await RedisStores.AppendAsync(store, ada, 0, "frame 1", "default/course");
        var admin = await stores.AdminAsync();

        await admin.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedisStores.AppendAsync(store, ada, 1, "frame 2", "default/course"));
        Assert.Single((await RedisStores.TailAsync(store, ada)).Frames);

        await admin.ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(store, ada, 1, "frame 2", "default/course"));
    }

    [RedisFact]
    public async Task Trim_MemoryIsFull_FramesAndMarksCanBeLetGo()
    {
        await using var stores = new RedisStores(_server);
        var store = await stores.OpenAsync();
        var ada = RedisStores.Learner("ada");
        for (var head = 0; head < 3; head++)
            await RedisStores.AppendAsync(store, ada, head, "frame", "default/course");

        await (await stores.AdminAsync()).ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb");

        Assert.Equal(AppendOutcome.Applied, await store.Journal.TrimAsync(ada, 2, 3, default));
        await store.Pending.AcknowledgeAsync([new(ada, "default/course", 3)], default);
        Assert.Single((await RedisStores.TailAsync(store, ada)).Frames);
        Assert.Empty(await store.Pending.ReadOlderThanAsync(ada.Partition(store.Pending.PartitionCount), TimeSpan.Zero, 10, default));
    }

    [RedisFact]
    public async Task Append_MoreBytesWaitThanAllowed_AreRefusedAtOnceAndTheOthersGoThrough()
    {
        await using var stores = new RedisStores(_server);
        var store = await stores.OpenAsync(stores.Options("a") with { QueuedBytesMax = 1 << 20, CommandTimeout = TimeSpan.FromSeconds(20) });
        var payload = new string('x', 100_000);
        Signal("STOP");

        var appends = Enumerable.Range(0, 100).Select(async number => await RedisStores.AppendAsync(store, RedisStores.Learner($"learner-{number}"), 0, payload)).ToArray();
        var refused = appends.Count(append => append.IsFaulted);
        Signal("CONT");

        Assert.InRange(refused, 1, 90);
        foreach (var append in appends)
        {
            if (append.IsFaulted)
                await Assert.ThrowsAsync<StoreUnavailableException>(() => append);
            else
                Assert.Equal(AppendOutcome.Applied, await append);
        }

        Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(store, RedisStores.Learner("later"), 0, new string('x', 2_000_000)));
    }

    // As a learner's grain does: after a failure the tail decides what was written.
    private async Task<long> WriteUntilAsync(RedisStore store, LearnerKey learner, CancellationToken stop)
    {
        var head = 0L;
        var acknowledged = 0L;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(store, learner, head, $"frame {head + 1}", "default/course"));
                acknowledged = ++head;
                Interlocked.Increment(ref _acknowledgements);
            }
            catch (StoreUnavailableException)
            {
                head = (await EventuallyAsync(() => RedisStores.TailAsync(store, learner))).HeadSequence;
            }
        }

        return acknowledged;
    }

    // So that each kill falls into work under way, however slow the machine is.
    private async Task AcknowledgedMoreAsync(int appends)
    {
        var goal = Interlocked.Read(ref _acknowledgements) + appends;
        var waited = Stopwatch.StartNew();
        while (Interlocked.Read(ref _acknowledgements) < goal)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), $"{appends} more appends were not acknowledged within a minute.");
            await Task.Delay(20);
        }
    }

    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> read)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await read();
            }
            catch (StoreUnavailableException) when (deadline.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(50);
            }
        }
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _server.ProcessId.ToString()]);
        kill.WaitForExit();
    }
}
