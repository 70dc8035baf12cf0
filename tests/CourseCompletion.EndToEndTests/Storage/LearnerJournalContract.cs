using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What every journal does with frames: appending, fencing, reading, trimming.</summary>
public abstract class LearnerJournalContract(StoreUnderTest store) : StorageContract(store)
{
    [StoreFact]
    public async Task ReadTail_UnknownLearner_IsEmpty()
    {
        var tail = await TailAsync(Learner("nobody"));

        Assert.Equal((0L, 0L, 0), (tail.HeadSequence, tail.TrimmedThrough, tail.Frames.Count));
    }

    [StoreFact]
    public async Task Append_SeveralFrames_AreReadInOrder()
    {
        var ada = Learner("ada");

        await AppendFramesAsync(ada, 3);

        var tail = await TailAsync(ada);
        Assert.Equal((3L, 0L), (tail.HeadSequence, tail.TrimmedThrough));
        Assert.Equal([1L, 2, 3], tail.Frames.Select(frame => frame.Sequence));
        Assert.Equal(["frame 1", "frame 2", "frame 3"], Payloads(tail.Frames));
    }

    [StoreFact]
    public async Task Append_AnyBytes_AreReadAsTheyWere()
    {
        var ada = Learner("ada");
        byte[] allBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var large = new byte[2_000_000];
        new Random(7).NextBytes(large);

        foreach (var (head, payload) in new[] { (0L, Array.Empty<byte>()), (1, allBytes), (2, large) })
            Assert.Equal(AppendOutcome.Applied, await Store.Journal.AppendAsync(new LearnerAppend(ada, head, payload, []), None));

        var tail = await TailAsync(ada);
        Assert.Equal([0, 256, 2_000_000], tail.Frames.Select(frame => frame.Payload.Length));
        Assert.True(tail.Frames[1].Payload.Span.SequenceEqual(allBytes));
        Assert.True(tail.Frames[2].Payload.Span.SequenceEqual(large));
    }

    [StoreFact]
    public async Task Append_UnusualIds_AreKeptApart()
    {
        string[] ids = ["a", "A", "a/b", "a|b", "a:b", "{a}", "a b", "a%2Fb", "ü", "日本", "\n", "a*", "a?", "[a]"];

        foreach (var id in ids)
            Assert.Equal(AppendOutcome.Applied, await AppendAsync(Learner(id), 0, id, "default/c|1", "default/c:2"));

        foreach (var id in ids)
            Assert.Equal([id], Payloads((await TailAsync(Learner(id))).Frames));
    }

    [StoreFact]
    public async Task Append_StaleHead_IsFencedAndWritesNothing()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 2);

        Assert.Equal(AppendOutcome.Fenced, await AppendAsync(ada, 0, "stale", "default/course"));
        Assert.Equal(AppendOutcome.Fenced, await AppendAsync(ada, 1, "stale", "default/course"));

        Assert.Equal(["frame 1", "frame 2"], Payloads((await TailAsync(ada)).Frames));
    }

    [StoreFact]
    public async Task Append_HeadThatDoesNotExistYet_IsFenced()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 1);

        Assert.Equal(AppendOutcome.Fenced, await AppendAsync(ada, 2, "from the future"));
        Assert.Equal(AppendOutcome.Fenced, await AppendAsync(Learner("nobody"), 1, "from the future"));

        Assert.Equal(1, (await TailAsync(ada)).HeadSequence);
        Assert.Equal(0, (await TailAsync(Learner("nobody"))).HeadSequence);
    }

    [StoreFact]
    public async Task Append_TwoWritersAtOnce_ExactlyOneWins()
    {
        for (var round = 0; round < 100; round++)
        {
            var learner = Learner($"raced-{round}");
            var first = AppendAsync(learner, 0, "first").AsTask();
            var second = AppendAsync(learner, 0, "second").AsTask();

            AppendOutcome[] outcomes = [await first, await second];

            var winner = Assert.Single(outcomes, outcome => outcome == AppendOutcome.Applied) == outcomes[0] ? "first" : "second";
            Assert.Equal([winner], Payloads((await TailAsync(learner)).Frames));
        }
    }

    [StoreFact]
    public async Task Append_OneLearnerWithoutWaiting_AllAppliedInOrder()
    {
        var ada = Learner("ada");

        var appends = Enumerable.Range(0, 200).Select(head => AppendAsync(ada, head, $"frame {head + 1}", "default/course").AsTask()).ToArray();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Applied, outcome));
        Assert.Equal(Enumerable.Range(1, 200).Select(sequence => $"frame {sequence}"), Payloads((await TailAsync(ada)).Frames));
    }

    [StoreFact]
    public async Task Append_FiveThousandOverFiveHundredLearnersAtOnce_AllReadable()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(learner => AppendFramesAsync(Learner($"learner-{learner}"), 10)));

        for (var learner = 0; learner < 500; learner++)
        {
            var tail = await TailAsync(Learner($"learner-{learner}"));
            Assert.Equal(10, tail.HeadSequence);
            Assert.Equal(Enumerable.Range(1, 10).Select(sequence => $"frame {sequence}"), Payloads(tail.Frames));
        }
    }

    [StoreFact]
    public async Task Append_AlreadyCancelled_WritesNothing()
    {
        var ada = Learner("ada");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.Journal.AppendAsync(new LearnerAppend(ada, 0, Bytes("never"), []), cancelled.Token).AsTask());

        Assert.Equal(0, (await TailAsync(ada)).HeadSequence);
    }

    [StoreFact]
    public async Task ReadTail_AfterASequence_GivesWhatIsNewer()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 5);

        Assert.Equal([4L, 5], (await TailAsync(ada, after: 3)).Frames.Select(frame => frame.Sequence));
        Assert.Empty((await TailAsync(ada, after: 5)).Frames);
        Assert.Empty((await TailAsync(ada, after: 9)).Frames);
        Assert.Equal(5, (await TailAsync(ada, after: 9)).HeadSequence);
    }

    [StoreFact]
    public async Task Reopen_EverythingIsThere()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 4);
        await Store.Journal.TrimAsync(ada, 2, expectedHead: 4, None);
        var (id, incarnation) = (Store.Identity.StoreId, Store.Identity.Incarnation);

        await Store.ReopenAsync();

        var tail = await TailAsync(ada);
        Assert.Equal((4L, 2L), (tail.HeadSequence, tail.TrimmedThrough));
        Assert.Equal(["frame 3", "frame 4"], Payloads(tail.Frames));
        Assert.Equal((id, incarnation), (Store.Identity.StoreId, Store.Identity.Incarnation));
        Assert.Equal(AppendOutcome.Applied, await AppendAsync(ada, 4, "frame 5"));
    }

    [StoreFact]
    public async Task Trim_OldFrames_GoToTheArchiveAndTheHeadStays()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 5);

        Assert.Equal(AppendOutcome.Applied, await Store.Journal.TrimAsync(ada, 3, expectedHead: 5, None));

        var tail = await TailAsync(ada);
        Assert.Equal((5L, 3L), (tail.HeadSequence, tail.TrimmedThrough));
        Assert.Equal(["frame 4", "frame 5"], Payloads(tail.Frames));
        Assert.Equal(["frame 5"], Payloads((await TailAsync(ada, after: 4)).Frames));

        await Store.SettleAsync();
        Assert.Equal([1L, 2, 3], Store.Archive.Of(ada).Select(frame => frame.Sequence).Take(3));
        Assert.Equal(["frame 1", "frame 2", "frame 3"], Payloads(Store.Archive.Of(ada)).Take(3));
        Assert.Equal(["frame 4", "frame 5"], Payloads((await TailAsync(ada)).Frames));
    }

    [StoreFact]
    public async Task Trim_Everything_KeepsTheNewestFrame()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 3);

        Assert.Equal(AppendOutcome.Applied, await Store.Journal.TrimAsync(ada, 3, expectedHead: 3, None));

        var tail = await TailAsync(ada);
        Assert.Equal((3L, 2L), (tail.HeadSequence, tail.TrimmedThrough));
        Assert.Equal(["frame 3"], Payloads(tail.Frames));
        Assert.Equal(AppendOutcome.Applied, await AppendAsync(ada, 3, "frame 4"));
    }

    [StoreFact]
    public async Task Trim_LongJournal_ArchivesEveryFrame()
    {
        var ada = Learner("ada");
        await Task.WhenAll(Enumerable.Range(0, 700).Select(head => AppendAsync(ada, head, $"frame {head + 1}").AsTask()));

        Assert.Equal(AppendOutcome.Applied, await Store.Journal.TrimAsync(ada, 650, expectedHead: 700, None));

        await Store.SettleAsync();
        Assert.Equal(Enumerable.Range(1, 650).Select(sequence => (long)sequence), Store.Archive.Of(ada).Select(frame => frame.Sequence).Take(650));
        Assert.Equal(50, (await TailAsync(ada)).Frames.Count);
    }

    [StoreFact]
    public async Task Trim_SameFramesAgain_ChangesNothing()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 4);

        Assert.Equal(AppendOutcome.Applied, await Store.Journal.TrimAsync(ada, 2, expectedHead: 4, None));
        Assert.Equal(AppendOutcome.Applied, await Store.Journal.TrimAsync(ada, 2, expectedHead: 4, None));
        Assert.Equal(AppendOutcome.Applied, await Store.Journal.TrimAsync(ada, 1, expectedHead: 4, None));

        Assert.Equal(["frame 3", "frame 4"], Payloads((await TailAsync(ada)).Frames));
    }

    [StoreFact]
    public async Task Trim_StaleHead_IsFencedAndTrimsNothing()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 4);

        Assert.Equal(AppendOutcome.Fenced, await Store.Journal.TrimAsync(ada, 2, expectedHead: 3, None));
        Assert.Equal(AppendOutcome.Fenced, await Store.Journal.TrimAsync(ada, 2, expectedHead: 5, None));

        var tail = await TailAsync(ada);
        Assert.Equal((0L, 4), (tail.TrimmedThrough, tail.Frames.Count));
    }

    [StoreFact]
    public async Task Trim_ArchiveRefusesForAWhile_NoFrameIsLost()
    {
        var ada = Learner("ada");
        await AppendFramesAsync(ada, 4);

        // A store that archives at once fails the trim; one that archives in the background keeps the frames until it can.
        Store.Archive.Refuses = true;
        await IgnoreUnavailableAsync(() => Store.Journal.TrimAsync(ada, 2, expectedHead: 4, None).AsTask());
        await IgnoreUnavailableAsync(Store.SettleAsync);
        Assert.Empty(Store.Archive.Of(ada));

        Store.Archive.Refuses = false;
        Assert.Equal(AppendOutcome.Applied, await Store.Journal.TrimAsync(ada, 2, expectedHead: 4, None));
        await Store.SettleAsync();
        Assert.Equal(["frame 1", "frame 2"], Payloads(Store.Archive.Of(ada)).Take(2));
        Assert.Equal(["frame 3", "frame 4"], Payloads((await TailAsync(ada)).Frames));
    }

    private static async Task IgnoreUnavailableAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (StoreUnavailableException)
        {
            // Said to be possible; what matters is what is there afterwards.
        }
    }
}
