using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Grains.Courses;

/// <summary>A learner in a roster shard: the newest row, and probability and band as of the last evaluation.</summary>
internal sealed class RosterMember(RosterRow row)
{
    public RosterRow Row { get; set; } = row;

    public float Probability { get; set; } = row.Probability;

    public CompletionBand Band { get; set; } = row.Band;

    public long ProbabilityAsOfMs { get; set; } = row.EvaluatedAtMs;
}
