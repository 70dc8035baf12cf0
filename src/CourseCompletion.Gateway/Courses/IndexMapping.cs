using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Grains.Abstractions.Completion;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Courses;

/// <summary>Puts a course's completion index on the wire.</summary>
internal static class IndexMapping
{
    public static Wire.CompletionIndex ToWire(CourseIndex from)
    {
        var (rates, reading) = (from.Reading.Rates, from.Reading);
        return new()
        {
            CourseId = from.Course,
            EvaluatedAt = TimestampMapping.From(from.EvaluatedAtMs),
            ExpectedCompletions = from.ExpectedCompletions,
            MeanCompletionProbability = from.Learners == 0 ? 0 : from.ExpectedCompletions / from.Learners,
            ElapsedShare = from.ElapsedShare,
            Recommended = ToWire(rates.Recommended),
            Interacting = ToWire(rates.Interacting),
            Promoted = ToWire(rates.Promoted),
            Sum = EngagementIndex.Sum(rates.Recommended.Count.Share, rates.Interacting.Count.Share, rates.Promoted.Count.Share),
            Index = ToWire(reading.Index),
            IndexProbability = ToWire(reading.Slope.Probability),
            Slope = ToWire(reading.Slope.Slope),
            SlopeIdentified = reading.Slope.IsIdentified,
            Probability = ToWire(reading.Full.Probability),
            BaseLogit = reading.Full.Base,
            Contributions = { reading.Full.Contributions.Select(ToWire) },
            LearnedOutcomes = reading.Learners,
            LearnedCourses = reading.Courses,
        };
    }

    private static Wire.IndexRate ToWire(RateEstimate rate) => new() { Count = rate.Count.Hits, Of = rate.Count.Of, Rate = ToWire(rate.Interval) };

    private static Wire.IntervalEstimate ToWire(Interval90 interval) => new() { Value = interval.Value, Low = interval.Low, High = interval.High };

    private static Wire.IndexContribution ToWire(TermContribution contribution) => new()
    {
        Term = TermOf(contribution.Term),
        Logit = ToWire(contribution.Logit),
        Label = contribution.Label switch
        {
            TermLabel.NotIdentified => Wire.IndexLabel.NotIdentified,
            TermLabel.Association => Wire.IndexLabel.Association,
            TermLabel.Effect => Wire.IndexLabel.Effect,
            _ => Wire.IndexLabel.Unspecified,
        },
    };

    private static Wire.IndexTerm TermOf(IndexTerm term) => term switch
    {
        IndexTerm.Recommended => Wire.IndexTerm.Recommended,
        IndexTerm.Interacting => Wire.IndexTerm.Interacting,
        IndexTerm.Promoted => Wire.IndexTerm.Promoted,
        IndexTerm.RecommendedAndInteracting => Wire.IndexTerm.RecommendedInteracting,
        IndexTerm.RecommendedAndPromoted => Wire.IndexTerm.RecommendedPromoted,
        IndexTerm.InteractingAndPromoted => Wire.IndexTerm.InteractingPromoted,
        IndexTerm.Elapsed => Wire.IndexTerm.Elapsed,
        IndexTerm.Course => Wire.IndexTerm.Course,
        _ => Wire.IndexTerm.Unspecified,
    };
}
