using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Explanations;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Courses;

/// <summary>The latest contribution of one learner to one course. Rows replace rows, so they may arrive repeatedly and in any order.</summary>
public sealed record RosterRow
{
    /// <summary>The learner.</summary>
    public required LearnerId Learner { get; init; }

    /// <summary>Which state of the learner it stems from.</summary>
    public required RowVersion Version { get; init; }

    /// <summary>Where the learner stands.</summary>
    public required EnrolmentStatus Status { get; init; }

    /// <summary>The enrolment; <see cref="long.MaxValue"/> for a mere contact.</summary>
    public required long EnrolledAtMs { get; init; }

    /// <summary>The newest activity; 0 without any.</summary>
    public required long LastActivityAtMs { get; init; }

    /// <summary>The 64 UTC days that end with the newest activity's: bit 0 is that day.</summary>
    public required ulong ActiveMask { get; init; }

    /// <summary>Progress by weight, 0 to 1.</summary>
    public required float Progress { get; init; }

    /// <summary>The completion probability as of <see cref="EvaluatedAtMs"/>, 0 to 1.</summary>
    public required float Probability { get; init; }

    /// <summary>The instant for which <see cref="Probability"/> and <see cref="Features"/> hold.</summary>
    public required long EvaluatedAtMs { get; init; }

    /// <summary>The band as of <see cref="EvaluatedAtMs"/>.</summary>
    public CompletionBand Band { get; init; }

    /// <summary>The earliest promotion of the course to the learner; 0 without any.</summary>
    public long FirstPromotedAtMs { get; init; }

    /// <summary>The newest one; 0 without any.</summary>
    public long PromotedAtMs { get; init; }

    /// <summary>The newest interaction; 0 without any.</summary>
    public long InteractedAtMs { get; init; }

    /// <summary>The learner's newest activity in any course, as it was known when the row was made; 0 without any, and for whom the course was never promoted to.</summary>
    public long LearnerActiveAtMs { get; init; }

    /// <summary>The facts that the course sums up.</summary>
    public required RosterCounts Counts { get; init; }

    /// <summary>The lessons touched.</summary>
    public required LessonContribution[] Lessons { get; init; }

    /// <summary>The feature vector, from which the roster follows a silent learner's probability.</summary>
    public required float[] Features { get; init; }

    /// <summary>What the learner wrote; null while nothing.</summary>
    public RosterComments? Comments { get; init; }

    /// <summary>What the learner rated; null while nothing.</summary>
    public RosterRatings? Ratings { get; init; }

    /// <summary>What campaigns need to know of the learner.</summary>
    public RosterReach Reach { get; init; }

    /// <summary>The row of an enrolment for which was just concluded; it keeps the filled vector.</summary>
    public static RosterRow From(
        LearnerId learner, long incarnation, CourseDefinition course, LearnerState state, EnrolmentState enrolment, float probability, long evaluatedAtMs, float[] vector) => new()
        {
            Learner = learner,
            Version = new(incarnation, state.Sequence, course.Version),
            Status = enrolment.Status,
            EnrolledAtMs = enrolment.EnrolledAtMs,
            LastActivityAtMs = enrolment.LastActivityAtMs,
            ActiveMask = enrolment.ActiveMask,
            Progress = vector[FeatureIndex.Progress],
            Probability = probability,
            EvaluatedAtMs = evaluatedAtMs,
            Band = enrolment.Band,
            FirstPromotedAtMs = enrolment.FirstPromotedAtMs,
            PromotedAtMs = enrolment.PromotedAtMs,
            InteractedAtMs = enrolment.InteractedAtMs,
            LearnerActiveAtMs = enrolment.PromotedAtMs == 0 ? 0 : state.LastActivityAtMs,
            Counts = RosterCounts.From(enrolment),
            Lessons = enrolment.Derived.Lessons,
            Features = vector,
            Comments = enrolment.Comments is { } comments ? comments.RowOf(enrolment.Status, course) : null,
            Ratings = RosterRatings.From(enrolment, course),
            Reach = new(
                state.AwaitsZone ? null : state.Clock.Zones.Changes[^1].ZoneId,
                state.Preferences.DayStartMinutes,
                state.ActivityHours.BestUtcHour,
                state.Nudges?.DeferredUntilMs(enrolment.Course) ?? 0,
                state.Preferences.ReminderMinute),
        };

    /// <summary>The completion probability as of an instant at or after <see cref="EvaluatedAtMs"/>, assuming silence since.</summary>
    public float ProbabilityAt(long asOfMs, CourseDefinition course, ICompletionPredictor predictor)
    {
        if (Status != EnrolmentStatus.Active || asOfMs <= EvaluatedAtMs)
        {
            return Probability;
        }

        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        FillAt(asOfMs, course, vector);
        return predictor.Score(vector);
    }

    /// <summary>The probability that an active learner would have as of an instant after having been active on two days of the week before it; of others the probability itself.</summary>
    public float ReachableAt(long asOfMs, CourseDefinition course, ICompletionPredictor predictor)
    {
        if (Status != EnrolmentStatus.Active)
        {
            return Probability;
        }

        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        FillAt(Math.Max(asOfMs, EvaluatedAtMs), course, vector);
        return NextSteps.AfterReturning(vector, predictor);
    }

    /// <summary>Fills a feature vector as of an instant at or after <see cref="EvaluatedAtMs"/>, assuming silence since.</summary>
    public void FillAt(long asOfMs, CourseDefinition course, Span<float> vector)
    {
        Features.CopyTo(vector);
        CompletionFeatures.Advance(vector, ActiveMask, LastActivityAtMs, EnrolledAtMs, course, EvaluatedAtMs, asOfMs);
    }
}

/// <summary>Which state of a learner a row stems from: the store's incarnation, the journal sequence, the course definition's version.</summary>
public readonly record struct RowVersion(long Incarnation, long Sequence, long DefinitionVersion) : IComparable<RowVersion>
{
    /// <inheritdoc/>
    public int CompareTo(RowVersion other) =>
        Incarnation != other.Incarnation ? Incarnation.CompareTo(other.Incarnation)
        : Sequence != other.Sequence ? Sequence.CompareTo(other.Sequence)
        : DefinitionVersion.CompareTo(other.DefinitionVersion);

    /// <summary>Whether the left one is newer.</summary>
    public static bool operator >(RowVersion left, RowVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is older.</summary>
    public static bool operator <(RowVersion left, RowVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is not older.</summary>
    public static bool operator >=(RowVersion left, RowVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Whether the left one is not newer.</summary>
    public static bool operator <=(RowVersion left, RowVersion right) => left.CompareTo(right) <= 0;
}
