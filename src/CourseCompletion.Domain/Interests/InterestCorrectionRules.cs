using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Interests;

/// <summary>How a learner corrects interests. The last word about a topic holds.</summary>
public static class InterestCorrectionRules
{
    /// <summary>How many topics a learner may have corrected.</summary>
    public const int CorrectionsMax = 128;

    /// <summary>Whether there is room for a correction; null when there is.</summary>
    public static Rejection? Check(LearnerState state, in InterestCorrection correction, LearnerPolicy policy)
    {
        if (correction.Verdict == InterestVerdict.AsObserved || IndexOf(state, correction.Topic) >= 0)
        {
            return null;
        }

        return state.InterestCorrections.Count >= CorrectionsMax
            ? new(RejectionReason.LimitExceeded, "topic", $"This learner has already corrected {CorrectionsMax} topics: set one of them to AS_OBSERVED first.")
            : state.StateBytes + correction.Bytes > policy.StateBytesMax
                ? new(RejectionReason.LimitExceeded, "learner_id", $"This learner's state has reached {policy.StateBytesMax} bytes.")
                : null;
    }

    /// <summary>Folds a correction; tells whether it changed anything.</summary>
    public static bool Fold(LearnerState state, in InterestCorrection correction)
    {
        var at = IndexOf(state, correction.Topic);
        if (at < 0 ? correction.Verdict == InterestVerdict.AsObserved : state.InterestCorrections[at] == correction)
        {
            return false;
        }

        if (at >= 0)
        {
            state.StateBytes -= state.InterestCorrections[at].Bytes;
            state.InterestCorrections.RemoveAt(at);
        }

        if (correction.Verdict != InterestVerdict.AsObserved)
        {
            state.InterestCorrections.Add(correction);
            state.StateBytes += correction.Bytes;
        }

        return true;
    }

    /// <summary>What the learner said about a topic.</summary>
    public static InterestVerdict VerdictOn(LearnerState state, string topic) =>
        IndexOf(state, topic) is var at and >= 0 ? state.InterestCorrections[at].Verdict : InterestVerdict.AsObserved;

    private static int IndexOf(LearnerState state, string topic)
    {
        for (var i = 0; i < state.InterestCorrections.Count; i++)
        {
            if (state.InterestCorrections[i].Topic == topic)
            {
                return i;
            }
        }

        return -1;
    }
}
