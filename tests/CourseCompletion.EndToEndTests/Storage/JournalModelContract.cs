using System.Text;
using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>Any sequence of journal operations leaves a store in the state of a model that fits on a page.</summary>
public abstract class JournalModelContract(StoreUnderTest store) : StorageContract(store)
{
    private const int LearnerCount = 3;
    private static int _samples;

    [StoreFact]
    public async Task AnySequenceOfOperations_AgreesWithTheModel() =>
        await Gen.Select(Gen.Int[0, LearnerCount - 1], Gen.Enum<Operation>(), Gen.Int[0, 7], Gen.Int[0, 7], (learner, operation, a, b) => new Step(learner, operation, a, b))
            .Array[1, 40]
            .SampleAsync(PlayAsync, iter: 60, threads: 1, print: steps => string.Join("; ", steps.Select(step => step.ToString())));

    private async Task PlayAsync(Step[] steps)
    {
        var sample = Interlocked.Increment(ref _samples);
        var models = Enumerable.Range(0, LearnerCount).Select(number => new Model(Learner($"sample-{sample}-{number}"))).ToArray();
        foreach (var step in steps)
            await PlayAsync(models[step.Learner], step);

        await Store.SettleAsync();
        foreach (var model in models)
        {
            await CompareAsync(model, after: 0);
            Assert.InRange(ArchivedFrames(model).Length, model.Trimmed, model.Head);
        }
    }

    private async Task PlayAsync(Model model, Step step)
    {
        switch (step.Operation)
        {
            case Operation.Append or Operation.AppendMore:
                // One in eight appends comes from a stale writer.
                var expected = model.Head - (step.A == 7 ? 1 : 0);
                var targets = Enumerable.Range(0, step.B % 4).Select(target => $"default/course-{target}").ToArray();
                var payload = new byte[step.A * step.B * 97];
                Array.Fill(payload, (byte)model.Head);
                Assert.Equal(
                    model.Append(expected, payload, targets),
                    await Store.Journal.AppendAsync(new LearnerAppend(model.Learner, expected, payload, targets), None));
                break;
            case Operation.Trim when model.Head > 0:
                var (through, head) = (model.Trimmed + step.B, model.Head - (step.A == 7 ? 1 : 0));
                Assert.Equal(model.Trim(through, head), await Store.Journal.TrimAsync(model.Learner, through, head, None));
                break;
            case Operation.Seal:
                var seal = model.Seal(step.A == 7 ? model.Head + 1 : Math.Max(0, model.Head - step.A), step.B == 7 ? 1 : null);
                Assert.Equal(model.Apply(seal), await Store.Journal.SealAsync(seal, None));
                break;
            case Operation.Acknowledge:
                var told = new PendingMark(model.Learner, $"default/course-{step.A % 3}", Math.Max(0, model.Head - step.B));
                model.Acknowledge(told);
                await Store.Pending.AcknowledgeAsync([told], None);
                break;
            case Operation.Read:
                await CompareAsync(model, Math.Max(0, model.Head - step.A));
                break;
            case Operation.Settle:
                await Store.SettleAsync();
                break;
            case Operation.Reopen when step is { A: 0, B: < 2 }:
                await Store.ReopenAsync();
                break;
        }
    }

    private async Task CompareAsync(Model model, long after)
    {
        var tail = await TailAsync(model.Learner, after);
        Assert.Equal((model.Head, model.Trimmed), (tail.HeadSequence, tail.TrimmedThrough));
        Assert.Equal(model.FramesAfter(Math.Max(after, model.Trimmed)), tail.Frames.Select(Describe));

        // How early frames are archived is the store's affair.
        var archived = ArchivedFrames(model);
        Assert.Equal(model.FramesAfter(0).Take(archived.Length), archived);

        var marks = await Store.Pending.ReadOlderThanAsync(model.Learner.Partition(Store.Pending.PartitionCount), TimeSpan.Zero, int.MaxValue, None);
        Assert.Equal(model.Marks, marks.Where(mark => mark.Learner == model.Learner).OrderBy(mark => mark.Target, StringComparer.Ordinal));

        for (var day = 0; day < 2; day++)
        {
            var segment = new DedupeSegmentId("phone", day);
            Assert.Equal(model.Sealed(segment), (await Store.Journal.ReadSegmentAsync(model.Learner, segment, None)).Distinct().Order());
        }
    }

    private string[] ArchivedFrames(Model model) => [.. Store.Archive.Of(model.Learner).OrderBy(frame => frame.Sequence).Select(Describe).Distinct()];

    private static string Describe(JournalFrame frame) => $"{frame.Sequence}:{Encoding.Latin1.GetString(frame.Payload.Span)}";

    private enum Operation
    {
        Append,
        AppendMore,
        Trim,
        Seal,
        Acknowledge,
        Read,
        Settle,
        Reopen,
    }

    private sealed record Step(int Learner, Operation Operation, int A, int B);

    /// <summary>One learner as it should be. Each frame has one identity, its sequence, on the day of its parity.</summary>
    private sealed class Model(LearnerKey learner)
    {
        private readonly List<string> _frames = [];
        private readonly SortedDictionary<string, long> _marks = new(StringComparer.Ordinal);
        private readonly Dictionary<int, SortedSet<UInt128>> _sealed = new() { [0] = [], [1] = [] };

        public LearnerKey Learner { get; } = learner;

        public long Head => _frames.Count;

        public long Trimmed { get; private set; }

        public IEnumerable<PendingMark> Marks => _marks.Select(mark => new PendingMark(Learner, mark.Key, mark.Value));

        public AppendOutcome Append(long expectedHead, byte[] payload, string[] targets)
        {
            if (expectedHead != Head)
                return AppendOutcome.Fenced;

            _frames.Add(Describe(new JournalFrame(Head + 1, payload)));
            foreach (var target in targets)
                _marks[target] = Head;

            return AppendOutcome.Applied;
        }

        public AppendOutcome Trim(long through, long expectedHead)
        {
            if (expectedHead != Head)
                return AppendOutcome.Fenced;

            Trimmed = Math.Max(Trimmed, Math.Min(through, Head - 1));
            return AppendOutcome.Applied;
        }

        // As after a crash: what was sealed before is sealed again with what is new.
        public DedupeSeal Seal(long through, int? droppedDay) => new(
            Learner,
            through,
            [.. Enumerable.Range(0, 2).Where(day => day != droppedDay).Select(day => KeyValuePair.Create(
                new DedupeSegmentId("phone", day),
                Enumerable.Range(1, (int)through).Where(sequence => sequence % 2 == day).Select(sequence => (UInt128)sequence).ToArray()))],
            droppedDay is { } dropped ? [new DedupeSegmentId("phone", dropped)] : []);

        public AppendOutcome Apply(DedupeSeal seal)
        {
            if (seal.ThroughSequence > Head)
                return AppendOutcome.Fenced;

            foreach (var (segment, identities) in seal.Segments)
                _sealed[segment.Day].UnionWith(identities);

            foreach (var segment in seal.Dropped)
                _sealed[segment.Day].Clear();

            return AppendOutcome.Applied;
        }

        public void Acknowledge(PendingMark told)
        {
            if (_marks.TryGetValue(told.Target, out var version) && version <= told.Version)
                _marks.Remove(told.Target);
        }

        public IEnumerable<string> FramesAfter(long sequence) => _frames.Skip((int)sequence);

        public SortedSet<UInt128> Sealed(DedupeSegmentId segment) => _sealed[segment.Day];
    }
}
