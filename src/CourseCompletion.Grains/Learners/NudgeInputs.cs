using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Campaigns.Delivery;

namespace CourseCompletion.Grains.Learners;

/// <summary>What an append's inputs say about nudges, decided after all of its events: as a replay of the frame folds it.</summary>
internal static class NudgeInputs
{
    /// <summary>Decides it: deliveries and the last preferences, then offers, in the order in which they came.</summary>
    public static void Decide(WaitingInput inputs, LearnerKey learner, LearnerRecorder recorder, long incarnation, long nowMs)
    {
        LearnerPreferences? preferences = null;
        var hasOffers = false;
        for (var input = inputs; input is not null; input = input.Next)
        {
            switch (input.Nudge)
            {
                case PreferencesInput set:
                    preferences = set.Preferences;
                    break;
                case OptOutInput optOut:
                    preferences = (preferences ?? recorder.Preferences).Without(optOut.Purpose);
                    break;
                case OfferInput:
                    hasOffers = true;
                    break;
            }
        }

        if (preferences is not null)
        {
            recorder.Prefer(preferences, nowMs);
        }

        for (var input = inputs; input is not null; input = input.Next)
        {
            if (input.Nudge is DeliveryInput delivery)
            {
                recorder.Note(delivery.Change, nowMs);
            }

            foreach (var target in input.Others)
            {
                if (RecommenderKey.TryOfTarget(target, out _))
                {
                    recorder.TellTasteAgain(learner.Learner, incarnation);
                }
                else if (CampaignKey.TryOfTarget(target, out var campaign))
                {
                    recorder.TellAgain(learner.Learner, campaign.Campaign, incarnation);
                }
            }
        }

        for (var input = inputs; hasOffers && input is not null; input = input.Next)
        {
            if (input.Nudge is OfferInput offer)
            {
                recorder.Decide(learner, offer, nowMs);
            }
        }
    }

    /// <summary>Notes how late the nudges are that the inputs have brought about, once the decisions are stored.</summary>
    public static void NoteLateness(WaitingInput inputs)
    {
        for (var input = inputs; input is not null; input = input.Next)
        {
            if (input.Nudge is OfferInput { IsRepeat: false, Decision: { Verdict: NudgeVerdict.Sent } sent } offer)
            {
                DeliveryMetrics.Lateness.Record(Math.Max(0, sent.DecidedAtMs - offer.WantedAtMs) / 1000.0);
            }
        }
    }

    /// <summary>Whether one of the inputs asks for deliveries that have not ended.</summary>
    public static bool AsksForDeliveries(WaitingInput inputs)
    {
        for (var input = inputs; input is not null; input = input.Next)
        {
            if (Array.IndexOf(input.Others, NudgeTargets.Deliveries) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
