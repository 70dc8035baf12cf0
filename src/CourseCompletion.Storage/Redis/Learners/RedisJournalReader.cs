using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>Reads journals and checks what it reads: checksums, no gaps, and that the newest frame is the head's.</summary>
internal sealed class RedisJournalReader(IDatabase database, RedisKeys keys, string epoch, RedisStoreFence fence)
{
    /// <summary>Reads at most <paramref name="limit"/> retained frames after a sequence.</summary>
    public async ValueTask<LearnerTail> ReadAsync(LearnerKey learner, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        fence.Require();
        var partition = keys.Of(learner);
        RedisResult[] answer;
        try
        {
            var result = await database.ScriptEvaluateAsync(
                RedisJournalScripts.ReadTail,
                [partition.Heads, partition.Journal(learner)],
                [epoch, learner.Value, afterSequence, limit],
                CommandFlags.DemandMaster).WaitAsync(cancellationToken).ConfigureAwait(false);
            answer = (RedisResult[])result!;
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfRead($"The journal of learner '{learner}'", exception);
        }

        var head = (long)answer[0];
        var length = (long)answer[1];
        return head > 0 && length > 0 && length <= head
            ? Check(learner, head, head - length, afterSequence, (RedisResult[])answer[2]!)
            : head == 0 && length == 0
                ? new LearnerTail(0, 0, [])
                : throw new StoreCorruptException($"Learner '{learner}' has head {head}, but {length} frames are retained.");
    }

    /// <summary>Reads the sealed identities of one source and day.</summary>
    public async ValueTask<UInt128[]> ReadSegmentAsync(LearnerKey learner, DedupeSegmentId segment, CancellationToken cancellationToken)
    {
        fence.Require();
        byte[]? stored;
        try
        {
            stored = await database.StringGetAsync(keys.Of(learner).Dedupe(learner, segment), CommandFlags.DemandMaster)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfRead($"Source '{segment.Source}', day {segment.Day} of learner '{learner}'", exception);
        }

        return stored is null ? [] : RedisDedupeSegment.Decode(learner, segment, stored);
    }

    private static LearnerTail Check(LearnerKey learner, long head, long trimmedThrough, long afterSequence, RedisResult[] stored)
    {
        var first = Math.Min(Math.Max(afterSequence, trimmedThrough) + 1, head);
        var frames = new List<JournalFrame>(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            var frame = RedisFrame.Read((byte[]?)stored[i], learner, first + i);
            if (frame.Sequence > afterSequence)
                frames.Add(frame);
        }

        return new LearnerTail(head, trimmedThrough, frames);
    }
}
