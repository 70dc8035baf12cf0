using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners;

/// <summary>The layout of what a frame says about nudges: one byte for nothing.</summary>
internal static class FrameNudgesCodec
{
    private const int PreferencesFlag = 1;
    private const int OthersFlag = 2;

    public static void Write(PayloadWriter to, FrameNudges nudges)
    {
        var hasOthers = nudges.Deliveries.Count + nudges.Decisions.Count > 0;
        to.Byte((byte)((nudges.Preferences is null ? 0 : PreferencesFlag) | (hasOthers ? OthersFlag : 0)));
        if (nudges.Preferences is { } preferences)
        {
            LearnerPreferencesCodec.Write(to, preferences);
        }

        if (!hasOthers)
        {
            return;
        }

        to.UInt((uint)nudges.Deliveries.Count);
        foreach (var delivery in nudges.Deliveries)
        {
            to.Fixed128(delivery.Nudge);
            to.Byte((byte)delivery.Delivery);
        }

        to.UInt((uint)nudges.Decisions.Count);
        foreach (var decision in nudges.Decisions)
        {
            NudgeLogCodec.WriteDecision(to, decision);
        }
    }

    public static FrameNudges Read(ref PayloadReader from, bool hasClusters)
    {
        var flags = from.Byte();
        var preferences = (flags & PreferencesFlag) != 0 ? LearnerPreferencesCodec.Read(ref from) : null;
        if ((flags & OthersFlag) == 0)
        {
            return preferences is null ? FrameNudges.None : new(preferences, [], []);
        }

        var deliveries = new NudgeDeliveryChange[from.Count()];
        for (var i = 0; i < deliveries.Length; i++)
        {
            deliveries[i] = new(from.Fixed128(), (NudgeDelivery)from.Byte());
        }

        var decisions = new NudgeDecision[from.Count()];
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = NudgeLogCodec.ReadDecision(ref from, hasClusters);
        }

        return new(preferences, deliveries, decisions);
    }
}
