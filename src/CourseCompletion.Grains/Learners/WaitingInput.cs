using System.Threading.Tasks.Sources;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Comments.Opinions;

namespace CourseCompletion.Grains.Learners;

/// <summary>Something that is to go into a learner's next append: a batch of events, a watermark reset, something about nudges, interests or comments, or the wish to have things told again.</summary>
internal sealed class WaitingInput : IValueTaskSource<RecordOutcome>
{
    private ManualResetValueTaskSourceCore<RecordOutcome> _outcome = new() { RunContinuationsAsynchronously = true };

    public WaitingInput(EventBatch batch) => Batch = batch;

    public WaitingInput(string watermark) => Watermark = watermark;

    public WaitingInput(string[] targets) => (Courses, Others) = (
        Array.FindAll(targets, target => !NudgeTargets.IsOne(target)), Array.FindAll(targets, NudgeTargets.IsOne));

    public WaitingInput(CourseDismissal dismissal) => Dismissal = dismissal;

    public WaitingInput(NudgeInput nudge) => Nudge = nudge;

    public WaitingInput(OfferInput offer, CourseKey course) => (Nudge, Courses) = (offer, [course.Value]);

    public WaitingInput(CorrectionInput correction) => Correction = correction;

    public WaitingInput(SearchInput search) => Search = search;

    public WaitingInput(OpinionInput opinion, CourseKey course) => (Opinion, Courses) = (opinion, [course.Value]);

    /// <summary>The events, or null.</summary>
    public EventBatch? Batch { get; }

    /// <summary>The trace that it belongs to; null for none.</summary>
    public string? Trace { get; init; }

    /// <summary>The source whose watermark is to be reset ("" for all), or null.</summary>
    public string? Watermark { get; }

    /// <summary>Something about nudges, or null.</summary>
    public NudgeInput? Nudge { get; }

    /// <summary>What the learner says about an interest, or null.</summary>
    public CorrectionInput? Correction { get; }

    /// <summary>Something that the learner searched for, or null.</summary>
    public SearchInput? Search { get; }

    /// <summary>A second opinion on a comment, or null.</summary>
    public OpinionInput? Opinion { get; }

    /// <summary>A course that is not to be recommended, or again; or null.</summary>
    public CourseDismissal? Dismissal { get; }

    /// <summary>Why the dismissal could not be taken; null when it was.</summary>
    public Rejection? Rejection { get; set; }

    /// <summary>The keys of the courses to tell again, or that of an offer or an opinion.</summary>
    public string[] Courses { get; } = [];

    /// <summary>What else to tell again: parts in campaigns, deliveries, what the learner took.</summary>
    public string[] Others { get; } = [];

    /// <summary>How many courses must be at hand: one for each event, or each course to tell.</summary>
    public int CourseCount => Batch?.Events.Length ?? Courses.Length;

    /// <summary>How much room it takes among what waits: its events, at least 1.</summary>
    public int Room => Math.Max(1, Batch?.Events.Length ?? 0);

    /// <summary>What came after it.</summary>
    public WaitingInput? Next { get; set; }

    /// <summary>The outcome of each event, once decided.</summary>
    public EventOutcome[] Results { get; set; } = [];

    /// <summary>What to answer once it is durable.</summary>
    public RecordOutcome? Result { get; set; }

    /// <summary>The answer; to be awaited once.</summary>
    public ValueTask<RecordOutcome> Outcome => new(this, _outcome.Version);

    /// <summary>Answers who waits.</summary>
    public void Complete(RecordOutcome outcome) => _outcome.SetResult(outcome);

    RecordOutcome IValueTaskSource<RecordOutcome>.GetResult(short token) => _outcome.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<RecordOutcome>.GetStatus(short token) => _outcome.GetStatus(token);

    void IValueTaskSource<RecordOutcome>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _outcome.OnCompleted(continuation, state, token, flags);
}
