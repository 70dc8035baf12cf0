using CourseCompletion.Domain.Interests;
using CourseCompletion.Grains.Abstractions.Interests;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Interests;

/// <summary>Puts learners' interests on the wire.</summary>
internal static class InterestMapping
{
    public static Wire.LearnerInterests? ToWire(InterestsView? interests) => interests is null
        ? null
        : new()
        {
            Interests = { interests.Interests.Select(ToWire) },
            Corrections = { interests.Corrections.Select(correction => new Wire.InterestCorrection { Topic = correction.Topic, Verdict = ToWire(correction.Verdict) }) },
        };

    /// <summary>Reads a verdict; null for none that is known.</summary>
    public static InterestVerdict? VerdictOf(Wire.InterestVerdict verdict) => verdict switch
    {
        Wire.InterestVerdict.Interested => InterestVerdict.Interested,
        Wire.InterestVerdict.NotInterested => InterestVerdict.NotInterested,
        Wire.InterestVerdict.AsObserved => InterestVerdict.AsObserved,
        _ => null,
    };

    private static Wire.Interest ToWire(InterestView interest) => new()
    {
        Topic = interest.Topic,
        Weight = interest.Share,
        Trend = interest.Trend,
        LastSeenAt = TimestampMapping.FromOptional(interest.LastSeenAtMs),
        Verdict = ToWire(interest.Verdict),
        Evidence = { interest.Evidence.Select(ToWire) },
    };

    private static Wire.InterestEvidence ToWire(EvidenceView evidence) => new()
    {
        // The numbers of the kinds are those of the wire.
        Kind = (Wire.InterestEvidenceKind)evidence.Kind,
        CourseId = evidence.Course.Value,
        LessonId = evidence.Lesson,
        Amount = evidence.Amount,
        At = TimestampMapping.FromOptional(evidence.AtMs),
        Query = evidence.Query ?? "",
    };

    private static Wire.InterestVerdict ToWire(InterestVerdict verdict) => verdict switch
    {
        InterestVerdict.Interested => Wire.InterestVerdict.Interested,
        InterestVerdict.NotInterested => Wire.InterestVerdict.NotInterested,
        _ => Wire.InterestVerdict.AsObserved,
    };
}
