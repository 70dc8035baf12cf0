using BenchmarkDotNet.Attributes;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Default;

namespace CourseCompletion.Benchmarks.Learners;

/// <summary>What one event costs in the learner's rules: decide, fold, features and score; and beside it the frame that is stored.</summary>
/// <remarks>The learner watches a course of 40 lessons in 10-second heartbeats, a minute apart, after a history of <see cref="PastEvents"/> events.</remarks>
[MemoryDiagnoser]
public class LearnerFoldBenchmark
{
    private const int Lessons = 40;
    private const int EventsPerIteration = 65_536;
    private const long StartMs = 1_790_000_000_000;

    private readonly LearnerPolicy _policy = LearnerPolicy.Default;
    private readonly PayloadWriter _writer = new(1024);
    private readonly LearnerEvent[] _events = new LearnerEvent[EventsPerIteration];
    private readonly CourseDefinition _course = new()
    {
        Course = new("algebra"),
        Version = 1,
        StartsAtMs = StartMs,
        EndsAtMs = StartMs + (90 * LearnerTime.DayMs),
        // Every second lesson is due at some time, so that work that is due has its share in the cost.
        Lessons =
        [
            .. Enumerable.Range(0, Lessons).Select(i => new LessonDefinition
            {
                Id = $"lesson-{i:00}",
                LengthMs = 600_000,
                DueAtMs = i % 2 == 0 ? StartMs + (i * LearnerTime.DayMs) : null,
            }),
        ],
    };

    private ICompletionPredictor _predictor = null!;
    private LearnerState[] _learners = null!;
    private long _next;

    /// <summary>How many events each learner already has.</summary>
    [Params(100, 100_000)]
    public int PastEvents { get; set; }

    /// <summary>Which model of the release scores.</summary>
    [Params("prior-1", DefaultCompletionModel.Name)]
    public string Model { get; set; } = "";

    // A fresh learner must stay fresh: the iteration's events are spread over many of them.
    private int LearnerCount => PastEvents == 100 ? 2_048 : 2;

    /// <summary>Gives the learners their history.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _predictor = Model == DefaultCompletionModel.Name ? new LearnedCompletionPredictor(DefaultCompletionModel.Load()) : new PriorCompletionPredictor();
        _learners = new LearnerState[LearnerCount];
        for (var i = 0; i < LearnerCount; i++)
        {
            _learners[i] = new LearnerState();
            for (_next = 0; _next < PastEvents; _next++)
            {
                var e = EventAt(_next);
                LearnerRules.Fold(_learners[i], e, EventIdentity.Of(e.Source, e.EventId), _policy);
            }

            // As after a snapshot: only the newest day's identities are in memory.
            DedupeRules.MarkSealed(_learners[i]);
        }
    }

    /// <summary>Makes the next events outside of the measured time.</summary>
    [IterationSetup]
    public void PrepareEvents()
    {
        for (var i = 0; i < EventsPerIteration; i++)
        {
            _events[i] = EventAt(_next + (i / LearnerCount));
        }

        _next += EventsPerIteration / LearnerCount;
    }

    /// <summary>Check, decide, fold, progress, features, score.</summary>
    [Benchmark(OperationsPerInvoke = EventsPerIteration)]
    public float FoldAndScore()
    {
        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        var probability = 0f;
        for (var i = 0; i < _events.Length; i++)
        {
            probability += FoldOne(_learners[i % LearnerCount], _events[i], vector).Probability;
        }

        return probability;
    }

    /// <summary>The same, and the encoded journal frame.</summary>
    [Benchmark(OperationsPerInvoke = EventsPerIteration)]
    public int FoldScoreAndEncode()
    {
        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        var bytes = 0;
        for (var i = 0; i < _events.Length; i++)
        {
            var conclusion = FoldOne(_learners[i % LearnerCount], _events[i], vector);
            bytes += new LearnerFrame(1, _events[i].OccurredAtMs, 1, _predictor.ModelVersion, [_events[i]], null, [conclusion]).Encode(_writer).Length;
        }

        return bytes;
    }

    private EnrolmentConclusion FoldOne(LearnerState state, LearnerEvent e, Span<float> vector)
    {
        if (LearnerEventRules.Check(e) is not null)
        {
            throw new InvalidOperationException("The benchmark's events are well-formed.");
        }

        var identity = EventIdentity.Of(e.Source, e.EventId);
        if (LearnerRules.Decide(state, e, identity, e.OccurredAtMs, _policy).Status != DecisionStatus.Accepted)
        {
            throw new InvalidOperationException("The benchmark's events are new.");
        }

        var enrolment = LearnerRules.Fold(state, e, identity, _policy);
        var conclusion = CompletionRules.Conclude(state, enrolment, _course, _predictor, e.OccurredAtMs, vector);
        LearnerRules.Conclude(enrolment, conclusion, e.OccurredAtMs);
        return conclusion;
    }

    private static LearnerEvent EventAt(long n) => new()
    {
        Source = "web",
        EventId = $"01890a5d-ac96-774b-bcce-{n:x12}",
        Course = new("algebra"),
        Kind = EventKind.VideoWatched,
        OccurredAtMs = StartMs + (n * 60_000),
        Lesson = $"lesson-{n / 60 % Lessons:00}",
        Session = $"session-{n / 60}",
        FromMs = n % 60 * 10_000,
        ToMs = (n % 60 * 10_000) + 10_000,
        Speed = 1,
    };
}
