using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners.Preferences;

namespace CourseCompletion.Domain.Learners;

/// <summary>What a frame says about nudges, folded after its events: new preferences, then ends of deliveries, then decisions of the gate.</summary>
/// <param name="Preferences">The learner's preferences from now on; null when they did not change.</param>
/// <param name="Deliveries">Where deliveries stand.</param>
/// <param name="Decisions">The decisions, in their order.</param>
public sealed record FrameNudges(
    LearnerPreferences? Preferences, IReadOnlyList<NudgeDeliveryChange> Deliveries, IReadOnlyList<NudgeDecision> Decisions)
{
    /// <summary>Nothing.</summary>
    public static FrameNudges None { get; } = new(null, [], []);

    /// <summary>Folds all of it, at replay; live it was folded one by one, as it was decided.</summary>
    internal void Fold(LearnerState state, long sequence, long recordedAtMs)
    {
        if (Preferences is not null)
        {
            state.Prefer(Preferences, recordedAtMs);
        }

        foreach (var delivery in Deliveries)
        {
            delivery.Fold(state, sequence, recordedAtMs);
        }

        foreach (var decision in Decisions)
        {
            NudgeRules.Remember(state, decision, sequence, GatePolicy.Default);
        }
    }
}

/// <summary>Where a delivery stands from now on.</summary>
/// <param name="Nudge">The nudge.</param>
/// <param name="Delivery">Delivered or failed; pending for one that is to be tried again.</param>
public readonly record struct NudgeDeliveryChange(UInt128 Nudge, NudgeDelivery Delivery)
{
    /// <summary>Folds it; tells whether it changed anything.</summary>
    public bool Fold(LearnerState state, long sequence, long recordedAtMs) =>
        Delivery == NudgeDelivery.Pending
            ? NudgeRules.Redeliver(state, Nudge, sequence)
            : NudgeRules.EndDelivery(state, Nudge, Delivery == NudgeDelivery.Delivered, recordedAtMs, sequence);
}
