using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;

namespace CourseCompletion.UnitTests.Learners;

/// <summary>One learner lived through as its grain does it: decide and fold, remember, tell. Nothing but the pure rules and a <see cref="LearnerStore"/>.</summary>
internal sealed class LivingLearner(LearnerStore store, LearnerPolicy policy, Func<CourseId, CourseDefinition> courseOf)
{
    public static readonly LearnerKey Key = LearnerKey.For(Domain.Tenants.TenantId.Default, new LearnerId("ada"));

    private static readonly PriorCompletionPredictor _predictor = new();

    /// <summary>A learner of courses of which only the ids are known.</summary>
    public LivingLearner(LearnerPolicy? policy = null)
        : this(new LearnerStore(), policy ?? LearnerPolicy.Default, course => CourseDefinition.Draft(course, LearnerEventBuilder.MondayMs))
    {
    }

    public LearnerStore Store => store;

    public LearnerState State { get; private set; } = store.Read(policy);

    /// <summary>The state's stored form: equal bytes are an equal state.</summary>
    public string Snapshot => Convert.ToHexString(LearnerSnapshotCodec.Encode(State));

    /// <summary>Decides one batch, remembers what was accepted; returns what became of each event.</summary>
    public Decision[] Record(long nowMs, params LearnerEvent[] batch)
    {
        var decisions = Fold(nowMs, batch, out var frame);
        if (frame is not null)
        {
            store.Append(frame);
        }

        return decisions;
    }

    /// <summary>Decides one batch and folds what was accepted; the frame is not durable yet.</summary>
    public Decision[] Fold(long nowMs, LearnerEvent[] batch, out LearnerFrame? frame)
    {
        var decisions = new Decision[batch.Length];
        var accepted = new List<LearnerEvent>();
        var touched = new List<EnrolmentState>();
        for (var i = 0; i < batch.Length; i++)
        {
            decisions[i] = Decide(nowMs, batch[i]);
            if (decisions[i].Status == DecisionStatus.Accepted)
            {
                accepted.Add(batch[i]);
                var enrolment = LearnerRules.Fold(State, batch[i], EventIdentity.Of(batch[i].Source, batch[i].EventId), policy);
                if (!touched.Contains(enrolment))
                {
                    touched.Add(enrolment);
                }
            }
        }

        frame = accepted.Count == 0 ? null : Conclude(nowMs, accepted, null, touched);
        return decisions;
    }

    public Decision Decide(long nowMs, LearnerEvent e)
    {
        if (LearnerRules.SegmentToLoad(State, e) is { } segment)
        {
            State.FindSource(segment.Source)!.FindDay(segment.Day)!.Load(store.ReadSegment(segment));
        }

        return LearnerRules.Decide(State, e, EventIdentity.Of(e.Source, e.EventId), nowMs, policy);
    }

    /// <summary>Concludes again for an enrolment and remembers it, if the learner completes under the course's definition of the moment.</summary>
    public void ConcludeAnew(long nowMs, EnrolmentState enrolment)
    {
        var progress = ProgressRules.Measure(enrolment, courseOf(enrolment.Course));
        if (enrolment.CompletedAtMs == 0 && ProgressRules.IsMet(enrolment, courseOf(enrolment.Course), progress))
        {
            store.Append(Conclude(nowMs, [], null, [enrolment]));
        }
    }

    /// <summary>Resets a source's watermark ("" for all) and remembers that.</summary>
    public void ResetWatermark(long nowMs, string source)
    {
        LearnerRules.ResetWatermark(State, source.Length == 0 ? null : source, nowMs, policy);
        store.Append(Conclude(nowMs, [], source, []));
    }

    /// <summary>Moves identities to their segments.</summary>
    public void Seal()
    {
        if (DedupeRules.SealFor(Key, State) is { } seal)
        {
            store.Seal(seal);
        }

        DedupeRules.MarkSealed(State);
    }

    /// <summary>Seals, then writes a snapshot: in this order, for a snapshot does not hold the identities.</summary>
    public void Save()
    {
        Seal();
        store.Save(LearnerSnapshotCodec.Encode(State));
    }

    /// <summary>Loses everything in memory and reads what was stored.</summary>
    public void Crash() => State = store.Read(policy);

    /// <summary>The row of an enrolment as it was last concluded; the same one however often it is asked for.</summary>
    public RosterRow RowOf(LearnerId learner, EnrolmentState enrolment, long incarnation)
    {
        var course = courseOf(enrolment.Course);
        var vector = new float[CompletionFeatures.Count];
        CompletionRules.Conclude(State, enrolment, course, _predictor, enrolment.EvaluatedAtMs, vector);
        return RosterRow.From(
            learner, incarnation, course, State, enrolment, enrolment.Probability, enrolment.EvaluatedAtMs, vector);
    }

    private LearnerFrame Conclude(long nowMs, List<LearnerEvent> accepted, string? watermarkReset, List<EnrolmentState> touched)
    {
        var vector = new float[CompletionFeatures.Count];
        var conclusions = touched.ConvertAll(enrolment =>
            CompletionRules.Conclude(State, enrolment, courseOf(enrolment.Course), _predictor, nowMs, vector));
        var frame = new LearnerFrame(State.Sequence + 1, nowMs, policy.Version, _predictor.ModelVersion, accepted, watermarkReset, conclusions);
        frame.Conclude(State);
        return frame;
    }
}
