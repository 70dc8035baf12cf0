using System.Runtime.InteropServices;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Comments;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Learners;

/// <summary>The decide step of one append: folds batches into the state and collects the frame, the outcomes and the rows that follow.</summary>
/// <remarks>
/// Used by one append at a time, of one learner after another (<see cref="LearnerRecorders"/>). What it folded is only true once the frame is durable.
/// </remarks>
internal sealed class LearnerRecorder(LearnerPolicy policy, BandPolicy bands, TenantComments comments)
{
    [ThreadStatic]
    private static PayloadWriter? _writer;

    private static readonly LearnerState _noState = new();

    private readonly List<CourseEntry?> _courses = [];
    private readonly List<LearnerEvent> _accepted = [];
    private readonly List<TouchedEnrolment> _touched = [];
    private readonly List<RosterRow> _rows = [];
    private readonly List<CampaignRow> _tallyRows = [];
    private readonly StatementRecorder _statements = new(policy);
    private readonly NudgeRecorder _nudges = new(GatePolicy.Default, bands);
    private LearnerState _state = _noState;
    private TenantId _tenant;
    private TenantModel _model = null!;
    private int _nextCourse;
    private string? _watermarkReset;
    private string _assumedZone = "";
    private bool _isSealed;

    private bool HasFrame => _accepted.Count > 0 || _watermarkReset is not null || _nudges.HasAny || _statements.HasAny || CompletesAnew;

    /// <summary>The course of each event, or of each course to tell, of every input: set before the inputs are decided, in their order.</summary>
    public List<CourseEntry?> Courses => _courses;

    /// <summary>The events that were new.</summary>
    public IReadOnlyList<LearnerEvent> Accepted => _accepted;

    /// <summary>The touched enrolments' rows, true once their frame is durable.</summary>
    public ReadOnlySpan<RosterRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>The learner's parts in campaigns that changed, or are to be told again; true once the frame is durable.</summary>
    public IReadOnlyList<CampaignRow> TallyRows => _tallyRows;

    /// <summary>What the learner took and completed, when that changed or is to be told again; true once the frame is durable.</summary>
    public TasteRow? TasteRow { get; private set; }

    /// <summary>The roster of a row.</summary>
    public CourseEntry CourseOf(int row) => _touched[row].Course;

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

    /// <summary>Starts a new append of a learner, all of which is scored by one model.</summary>
    public void Begin(LearnerState state, TenantId tenant, TenantModel model) => (_state, _tenant, _model) = (state, tenant, model);

    /// <summary>Lets go of everything that the append was about.</summary>
    public void End()
    {
        (_state, _model) = (_noState, null!);
        _courses.Clear();
        _accepted.Clear();
        _touched.Clear();
        _rows.Clear();
        _tallyRows.Clear();
        _statements.Clear();
        _nudges.Clear();
        TasteRow = null;
        _nextCourse = 0;
        _watermarkReset = null;
        _assumedZone = "";
        _isSealed = false;
    }

    /// <summary>Decides one batch and folds what is new.</summary>
    /// <param name="batch">The batch; its events' courses are the next of <see cref="Courses"/>.</param>
    /// <param name="nowMs">The time of receipt.</param>
    /// <param name="results">Where one outcome per event goes.</param>
    public void Record(EventBatch batch, long nowMs, EventOutcome[] results)
    {
        for (var i = 0; i < batch.Events.Length; i++)
        {
            results[i] = Record(batch.Events[i], _courses[_nextCourse++], batch.SentAtMs, nowMs);
        }
    }

    /// <summary>Notes that enrolments are to be told again.</summary>
    /// <param name="count">How many of the next <see cref="Courses"/>.</param>
    public void TellAgain(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_courses[_nextCourse++] is { Definition: { } definition } course && _state.FindEnrolment(definition.Course) is { } enrolment)
            {
                Touch(enrolment, course);
            }
        }
    }

    /// <summary>Takes the course that the next of <see cref="Courses"/> is.</summary>
    public CourseEntry? TakeCourse() => _courses[_nextCourse++];

    /// <summary>The preferences that hold now.</summary>
    public LearnerPreferences Preferences => _state.Preferences;

    /// <summary>Replaces the preferences; of several in one append only the last.</summary>
    public void Prefer(LearnerPreferences preferences, long nowMs) => _nudges.Prefer(_state, preferences, nowMs);

    /// <summary>Notes where a delivery stands.</summary>
    public void Note(NudgeDeliveryChange change, long nowMs) => _nudges.Note(_state, change, nowMs);

    /// <summary>Decides an offer, after all events of the append. The row follows when it says anew when a deferred nudge is to be decided again.</summary>
    public void Decide(LearnerKey learner, OfferInput input, long nowMs)
    {
        var deferredUntilMs = _state.Nudges?.DeferredUntilMs(input.Offer.Course) ?? 0;
        _nudges.Decide(_state, learner, input, _model, nowMs);
        if (_state.Nudges?.DeferredUntilMs(input.Offer.Course) is { } now && now != deferredUntilMs && _state.FindEnrolment(input.Offer.Course) is { } enrolment)
        {
            Touch(enrolment, input.Course!);
        }
    }

    /// <summary>Has the learner's part in a campaign told again.</summary>
    public void TellAgain(LearnerId learner, CampaignId campaign, long incarnation)
    {
        if (_state.Nudges?.Find(campaign) is { } membership)
        {
            _tallyRows.Add(CampaignRow.From(learner, incarnation, _state, membership));
        }
    }

    /// <summary>Has what the learner took told again.</summary>
    public void TellTasteAgain(LearnerId learner, long incarnation) => TasteRow = TasteRow.From(learner, incarnation, _state);

    /// <summary>Notes that a course is not to be recommended, or again; null, or why there is no room.</summary>
    public Rejection? Dismiss(CourseDismissal dismissal) => _statements.Dismiss(_state, dismissal);

    /// <summary>Whether an event would be accepted if its course is there.</summary>
    public bool WouldAccept(LearnerEvent e, long sentAtMs, long nowMs) =>
        LearnerEventRules.Check(e) is null && Decide(ref e, sentAtMs, nowMs).Decision.Status == DecisionStatus.Accepted;

    /// <summary>Resets a source's watermark ("" for all); without such a source there is nothing to do.</summary>
    public void ResetWatermark(string source, long nowMs)
    {
        if (source.Length == 0 ? _state.Sources.Count == 0 : _state.FindSource(source) is null)
        {
            return;
        }

        _watermarkReset = source;
        LearnerRules.ResetWatermark(_state, source.Length == 0 ? null : source, nowMs, policy);
    }

    /// <summary>Folds what the inputs say about interests, and what was searched for, as far as there is room, after all else that they say: as a replay of the frame does.</summary>
    public void TakeInterests(WaitingInput inputs) => _statements.TakeInterests(_state, inputs);

    /// <summary>Folds second opinions on comments, last of all, as a replay of the frame does. One whose course cannot be reached is let go: it changes nothing that anybody was promised.</summary>
    public void Hear(WaitingInput inputs)
    {
        for (var input = inputs; input is not null; input = input.Next)
        {
            if (input.Opinion is { Course.Definition: { } definition } said
                && _state.FindEnrolment(definition.Course) is { } enrolment
                && _statements.Hear(_state, said.Opinion))
            {
                Touch(enrolment, said.Course);
            }
        }
    }

    // Notes that an enrolment is to be concluded for and told, whether or not an event touched it.
    private void Touch(EnrolmentState enrolment, CourseEntry course)
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
            var asOfMs = Math.Max(nowMs, _state.LastEventAtMs);
            touched.EvaluatedAtMs = asOfMs;
            touched.Features = new float[CompletionFeatures.Count];
            var course = touched.Course.Definition!;
            var predictor = _model.For(course.Course);
            var conclusion = CompletionRules.Conclude(_state, touched.Enrolment, course, predictor, asOfMs, touched.Features);
            touched.Conclusion = conclusion with { Band = CompletionRules.BandOf(touched.Enrolment, conclusion, course, predictor, bands, asOfMs) };
        }
    }

    /// <summary>The append for what was folded, whose conclusions are taken over; null when nothing has to be remembered.</summary>
    public LearnerAppend? Seal(LearnerKey learner, long nowMs)
    {
        if (!HasFrame)
        {
            return null;
        }

        var expectedHead = _state.Sequence;
        var conclusions = new EnrolmentConclusion[_touched.Count];
        for (var i = 0; i < conclusions.Length; i++)
        {
            conclusions[i] = _touched[i].Conclusion;
        }

        var frame = new LearnerFrame(expectedHead + 1, nowMs, policy.Version, _model.Version, _accepted, _watermarkReset, conclusions)
        {
            Nudges = _nudges.Taken,
            AssumedZone = _assumedZone,
            Corrections = _statements.Corrections,
            Searches = _statements.Searches,
            Dismissals = _statements.Dismissals,
            Opinions = _statements.Opinions,
        };
        frame.Conclude(_state);
        _isSealed = true;
        return new(learner, expectedHead, frame.Encode(_writer ??= new PayloadWriter(1024)), Targets(learner));
    }

    /// <summary>Makes the touched enrolments' rows, after <see cref="Seal"/>: now, while all of it is at hand, and not once the frame is durable.</summary>
    public void MakeRows(LearnerId learner, long incarnation)
    {
        foreach (ref readonly var touched in CollectionsMarshal.AsSpan(_touched))
        {
            _rows.Add(RosterRow.From(
                learner,
                incarnation,
                touched.Course.Definition!,
                _state,
                touched.Enrolment,
                touched.Conclusion.Probability,
                touched.EvaluatedAtMs,
                touched.Features));
        }

        if (_state.TookAtSequence == _state.Sequence && _isSealed)
        {
            TellTasteAgain(learner, incarnation);
        }

        if (_state.Nudges is not { } nudges || !_isSealed)
        {
            return;
        }

        foreach (var membership in nudges.Memberships)
        {
            if (membership.ChangedAtSequence == _state.Sequence)
            {
                _tallyRows.Add(CampaignRow.From(learner, incarnation, _state, membership));
            }
        }
    }

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

        e = comments.Read(e, _tenant);
        var (decision, identity) = Decide(ref e, sentAtMs, nowMs);
        switch (decision.Status)
        {
            case DecisionStatus.Accepted when course?.Definition is { } definition:
                AssumeZone(definition);
                _accepted.Add(e);
                Touch(LearnerRules.Fold(_state, e, identity, policy), course);
                return new(EventStatus.Accepted, e.ClockShiftMs != 0, null);
            case DecisionStatus.Accepted:
                return course?.Rejection is { } unknown ? new(EventStatus.Rejected, false, unknown) : EventOutcome.Retry;
            case DecisionStatus.Duplicate:
                if (course?.Definition is not null && _state.FindEnrolment(e.Course) is { } enrolment)
                {
                    Touch(enrolment, course);
                }

                return new(EventStatus.Duplicate, false, null);
            default:
                return new(EventStatus.Rejected, false, decision.Rejection);
        }
    }

    // Only before the first event of a frame, as a replay does it.
    private void AssumeZone(CourseDefinition course)
    {
        if (_accepted.Count == 0 && _state.AwaitsZone && !LearnerZones.IsUtc(course.TimeZone))
        {
            _assumedZone = course.TimeZone;
            _state.AssumeZone(course.TimeZone);
        }
    }

    private (Decision Decision, UInt128 Identity) Decide(ref LearnerEvent e, long sentAtMs, long nowMs)
    {
        if (sentAtMs != 0)
        {
            e = LearnerRules.CorrectClock(e, sentAtMs, nowMs, policy);
        }

        var identity = EventIdentity.Of(e.Source, e.EventId);
        return (LearnerRules.Decide(_state, e, identity, nowMs, policy), identity);
    }

    private EnrolmentScore ScoreOf(in TouchedEnrolment touched) =>
        new(touched.Enrolment.Course, touched.Conclusion.Probability, _model.Version, touched.EvaluatedAtMs, touched.Conclusion.Band);

    private string[] Targets(LearnerKey learner)
    {
        var took = _state.TookAtSequence == _state.Sequence;
        if (_state.Nudges is null && _touched.Count == 1 && !took)
        {
            return _touched[0].Course.Target;
        }

        var targets = new List<string>(_touched.Count + 3);
        foreach (var touched in _touched)
        {
            targets.Add(touched.Course.Target[0]);
        }

        if (_state.Nudges is { } nudges)
        {
            NudgeTargets.AddTo(targets, nudges, learner.Tenant, _state.Sequence);
        }

        if (took)
        {
            targets.Add(RecommenderKey.For(learner.Tenant).Target);
        }

        return [.. targets];
    }
}
