using System.Runtime.InteropServices;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Learners;

/// <summary>The decide step of one append: folds batches into the state and collects the frame, the outcomes and the rows that follow.</summary>
/// <remarks>One a learner's grain, used by one append at a time. What it folded is only true once the frame is durable.</remarks>
internal sealed class LearnerRecorder(LearnerState state, LearnerPolicy policy, ICompletionPredictor predictor)
{
    [ThreadStatic]
    private static PayloadWriter? _writer;

    private readonly List<LearnerEvent> _accepted = new(1);
    private readonly List<TouchedEnrolment> _touched = new(1);
    private string? _watermarkReset;

    /// <summary>Whether there is anything to append.</summary>
    public bool HasFrame => _accepted.Count > 0 || _watermarkReset is not null || CompletesAnew;

    /// <summary>The enrolments touched since <see cref="Begin"/>.</summary>
    public ReadOnlySpan<TouchedEnrolment> Touched => CollectionsMarshal.AsSpan(_touched);

    private bool CompletesAnew
    {
        get
        {
            foreach (var touched in _touched)
            {
                if (touched.Conclusion.Completes && touched.Enrolment.CompletedAtMs == 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Starts a new append.</summary>
    public void Begin()
    {
        _accepted.Clear();
        _touched.Clear();
        _watermarkReset = null;
    }

    /// <summary>Decides one batch and folds what is new.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="courses">The entry of each event's course, by event.</param>
    /// <param name="nowMs">The time of receipt.</param>
    /// <param name="results">Where one outcome per event goes.</param>
    public void Record(EventBatch batch, ReadOnlySpan<CourseEntry?> courses, long nowMs, EventOutcome[] results)
    {
        for (var i = 0; i < batch.Events.Length; i++)
        {
            results[i] = Record(batch.Events[i], courses[i], batch.SentAtMs, nowMs);
        }
    }

    /// <summary>Whether an event would be accepted if its course is there.</summary>
    public bool WouldAccept(LearnerEvent e, long sentAtMs, long nowMs) =>
        LearnerEventRules.Check(e) is null && Decide(ref e, sentAtMs, nowMs).Decision.Status == DecisionStatus.Accepted;

    /// <summary>Resets a source's watermark ("" for all); without such a source there is nothing to do.</summary>
    public void ResetWatermark(string source, long nowMs)
    {
        if (source.Length == 0 ? state.Sources.Count == 0 : state.FindSource(source) is null)
        {
            return;
        }

        _watermarkReset = source;
        LearnerRules.ResetWatermark(state, source.Length == 0 ? null : source, nowMs, policy);
    }

    /// <summary>Notes that an enrolment is to be concluded for and told, whether or not an event touched it.</summary>
    public void Touch(EnrolmentState enrolment, CourseEntry course)
    {
        foreach (var touched in _touched)
        {
            if (ReferenceEquals(touched.Enrolment, enrolment))
            {
                return;
            }
        }

        _touched.Add(new(enrolment, course));
    }

    /// <summary>Concludes for every enrolment touched, as of now.</summary>
    public void Conclude(long nowMs)
    {
        foreach (ref var touched in CollectionsMarshal.AsSpan(_touched))
        {
            var asOfMs = Math.Max(nowMs, state.LastEventAtMs);
            touched.EvaluatedAtMs = asOfMs;
            touched.Features = new float[CompletionFeatures.Count];
            touched.Conclusion = CompletionRules.Conclude(state, touched.Enrolment, touched.Course.Definition!, predictor, asOfMs, touched.Features);
        }
    }

    /// <summary>The append for what was folded; takes over its conclusions.</summary>
    public LearnerAppend Seal(LearnerKey learner, long nowMs)
    {
        var expectedHead = state.Sequence;
        var conclusions = new EnrolmentConclusion[_touched.Count];
        for (var i = 0; i < conclusions.Length; i++)
        {
            conclusions[i] = _touched[i].Conclusion;
        }

        var frame = new LearnerFrame(expectedHead + 1, nowMs, policy.Version, predictor.ModelVersion, _accepted, _watermarkReset, conclusions);
        frame.Conclude(state);
        return new(learner, expectedHead, frame.Encode(_writer ??= new PayloadWriter(1024)), Targets());
    }

    /// <summary>The touched enrolments' rows, once their frame is durable.</summary>
    public RosterRow RowOf(in TouchedEnrolment touched, LearnerId learner, long incarnation) => RosterRow.From(
        learner,
        new(incarnation, state.Sequence, touched.Course.Definition!.Version),
        touched.Enrolment,
        touched.Conclusion.Probability,
        touched.EvaluatedAtMs,
        touched.Features);

    /// <summary>The scores to answer a batch with: one per enrolment that its events touched. A mere contact has no probability.</summary>
    public EnrolmentScore[] ScoresFor(EventBatch batch)
    {
        if (_touched.Count == 1)
        {
            return _touched[0].Enrolment.IsEnrolled ? [ScoreOf(_touched[0])] : [];
        }

        var scores = new List<EnrolmentScore>(_touched.Count);
        foreach (var touched in _touched)
        {
            if (touched.Enrolment.IsEnrolled && Array.Exists(batch.Events, e => e.Course == touched.Enrolment.Course))
            {
                scores.Add(ScoreOf(touched));
            }
        }

        return [.. scores];
    }

    private EventOutcome Record(LearnerEvent e, CourseEntry? course, long sentAtMs, long nowMs)
    {
        if (LearnerEventRules.Check(e) is { } malformed)
        {
            return new(EventStatus.Rejected, false, malformed);
        }

        var (decision, identity) = Decide(ref e, sentAtMs, nowMs);
        switch (decision.Status)
        {
            case DecisionStatus.Accepted when course?.Definition is not null:
                _accepted.Add(e);
                Touch(LearnerRules.Fold(state, e, identity, policy), course);
                return new(EventStatus.Accepted, e.ClockShiftMs != 0, null);
            case DecisionStatus.Accepted:
                return course?.Rejection is { } unknown ? new(EventStatus.Rejected, false, unknown) : EventOutcome.Retry;
            case DecisionStatus.Duplicate:
                if (course?.Definition is not null && state.FindEnrolment(e.Course) is { } enrolment)
                {
                    Touch(enrolment, course);
                }

                return new(EventStatus.Duplicate, false, null);
            default:
                return new(EventStatus.Rejected, false, decision.Rejection);
        }
    }

    private (Decision Decision, UInt128 Identity) Decide(ref LearnerEvent e, long sentAtMs, long nowMs)
    {
        if (sentAtMs != 0)
        {
            e = LearnerRules.CorrectClock(e, sentAtMs, nowMs, policy);
        }

        var identity = EventIdentity.Of(e.Source, e.EventId);
        return (LearnerRules.Decide(state, e, identity, nowMs, policy), identity);
    }

    private EnrolmentScore ScoreOf(in TouchedEnrolment touched) =>
        new(touched.Enrolment.Course, touched.Conclusion.Probability, predictor.ModelVersion, touched.EvaluatedAtMs);

    private string[] Targets()
    {
        if (_touched.Count == 1)
        {
            return _touched[0].Course.Target;
        }

        var targets = new string[_touched.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = _touched[i].Course.Target[0];
        }

        return targets;
    }
}

/// <summary>An enrolment that an append touches, with what was concluded for it.</summary>
internal struct TouchedEnrolment(EnrolmentState enrolment, CourseEntry course)
{
    public readonly EnrolmentState Enrolment = enrolment;
    public readonly CourseEntry Course = course;
    public EnrolmentConclusion Conclusion;
    public long EvaluatedAtMs;
    public float[] Features = [];
}
