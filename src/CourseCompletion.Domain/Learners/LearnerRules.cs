using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Domain.Learners;

/// <summary>How events become a learner's state. No clock, no randomness, no I/O: the same inputs give the same bits.</summary>
/// <remarks>
/// Live: <see cref="Decide"/>, then <see cref="Fold"/> what was accepted, then <see cref="Conclude"/> per touched enrolment. Replay: fold and conclude what the
/// journal recorded. State is changed in place; whoever fails to make a fold durable throws the state away.
/// </remarks>
public static class LearnerRules
{
    /// <summary>Corrects a producer's clock: an event of a batch sent at <paramref name="sentAtMs"/> and received at <paramref name="receivedAtMs"/>.</summary>
    /// <returns>The same event, or a shifted copy when the two differ by more than the policy's tolerance.</returns>
    public static LearnerEvent CorrectClock(LearnerEvent e, long sentAtMs, long receivedAtMs, LearnerPolicy policy)
    {
        var shift = receivedAtMs - sentAtMs;
        // Not Math.Abs, which throws for the smallest number: an absurd time of sending must not fault the learner.
        return shift >= -policy.ClockSkewToleranceMs && shift <= policy.ClockSkewToleranceMs
            ? e
            : e with { OccurredAtMs = e.ProducedAtMs + shift, ClockShiftMs = shift };
    }

    /// <summary>The segment whose identities must be in memory before <see cref="Decide"/> can be asked; null when it needs none.</summary>
    public static DedupeSegmentId? SegmentToLoad(LearnerState state, LearnerEvent e)
    {
        var day = LearnerTime.DayOf(Math.Max(0, e.ProducedAtMs));
        return state.FindSource(e.Source)?.FindDay(day) is { IsLoaded: false } ? new(e.Source, day) : null;
    }

    /// <summary>Whether a well-formed event is new, repeated or to be rejected.</summary>
    /// <param name="state">The learner so far.</param>
    /// <param name="e">The event, its clock corrected; it passed <see cref="LearnerEventRules.Check"/>.</param>
    /// <param name="identity">The event's <see cref="EventIdentity"/>.</param>
    /// <param name="nowMs">The time of receipt.</param>
    /// <param name="policy">The numbers.</param>
    public static Decision Decide(LearnerState state, LearnerEvent e, UInt128 identity, long nowMs, LearnerPolicy policy)
    {
        var source = state.FindSource(e.Source);
        var day = LearnerTime.DayOf(e.ProducedAtMs);
        if (source is not null)
        {
            if (source.FindDay(day) is { } known && known.Contains(identity))
            {
                return Decision.Duplicate;
            }

            if (day < source.FloorDay)
            {
                return Decision.TooLate;
            }
        }
        else if (state.Sources.Count >= policy.SourcesMax)
        {
            return Decision.Limit("source", $"This learner already has {policy.SourcesMax} sources: send its events under one of them.");
        }

        if (e.OccurredAtMs > nowMs + policy.FutureToleranceMs)
        {
            return Decision.InTheFuture;
        }

        return e.OccurredAtMs < LearnerEventRules.EarliestMs
            ? Decision.Reject(new(RejectionReason.InvalidField, "occurred_at", "The corrected time lies before 1990: check the producer's clock and sent_at."))
            : LearnerCaps.Check(state, e, policy) is { } full ? Decision.Reject(full) : Decision.Accepted;
    }

    /// <summary>Folds one accepted event into the state.</summary>
    public static EnrolmentState Fold(LearnerState state, LearnerEvent e, UInt128 identity, LearnerPolicy policy)
    {
        DedupeRules.Remember(state, e, identity, policy);
        state.EventCount++;
        state.FirstEventAtMs = Math.Min(state.FirstEventAtMs, e.OccurredAtMs);
        state.LastEventAtMs = Math.Max(state.LastEventAtMs, e.OccurredAtMs);

        var enrolment = state.FindEnrolment(e.Course);
        if (enrolment is null)
        {
            enrolment = new EnrolmentState(e.Course);
            state.Enrolments.Add(enrolment);
            state.StateBytes += LearnerCaps.EnrolmentBytes(e.Course);
        }

        var (uniqueMs, wasTaken) = (enrolment.UniqueMs, enrolment.IsEnrolled);
        state.StateBytes += EnrolmentRules.Fold(enrolment, e, new EventOrder(e.OccurredAtMs, identity), policy, state.Clock);
        state.StateBytes += TasteRules.Fold(state, enrolment, e, RecommendationPolicy.Default);
        if (enrolment.IsEnrolled && !wasTaken)
        {
            TasteRules.NoteTaken(state, enrolment);
        }

        if (LearnerEventRules.IsActivity(e.Kind))
        {
            state.ActivityHours.Add(e.OccurredAtMs);
        }

        if (state.Nudges is { } nudges)
        {
            NudgeRules.Fold(nudges, e, enrolment.UniqueMs - uniqueMs, state.Sequence + 1);
        }

        return enrolment;
    }

    /// <summary>Takes over what was concluded for one enrolment after a batch: the score, and completion, which is sticky.</summary>
    public static void Conclude(EnrolmentState enrolment, in EnrolmentConclusion conclusion, long recordedAtMs)
    {
        enrolment.Probability = conclusion.Probability;
        enrolment.EvaluatedAtMs = recordedAtMs;
        enrolment.Band = conclusion.Band;
        if (conclusion.Completes && enrolment.CompletedAtMs == 0)
        {
            enrolment.CompletedAtMs = recordedAtMs;
        }
    }

    /// <summary>Forgets how new a source's newest event was, so that a producer whose clock was ahead is heard again.</summary>
    /// <remarks>
    /// The floor falls back to the oldest day still remembered or, when the remembered days lie in the future of <paramref name="nowMs"/>, to the dedupe horizon before now.
    /// </remarks>
    /// <param name="state">The learner.</param>
    /// <param name="sourceName">The source, or null for all.</param>
    /// <param name="nowMs">The time of the repair.</param>
    /// <param name="policy">The numbers.</param>
    public static void ResetWatermark(LearnerState state, string? sourceName, long nowMs, LearnerPolicy policy)
    {
        foreach (var source in state.Sources)
        {
            if (sourceName is null || source.Name == sourceName)
            {
                DedupeRules.ResetWatermark(source, nowMs, policy);
            }
        }
    }
}

/// <summary>What is recorded for one enrolment after a batch.</summary>
/// <param name="Course">The course.</param>
/// <param name="DefinitionVersion">The version of the course's definition that was used.</param>
/// <param name="Probability">The completion probability, 0 to 1.</param>
/// <param name="Completes">Whether the course's completion rule is met.</param>
/// <param name="Band">The band; None for an enrolment that is not active.</param>
public readonly record struct EnrolmentConclusion(
    CourseId Course, long DefinitionVersion, float Probability, bool Completes, CompletionBand Band = CompletionBand.None);
