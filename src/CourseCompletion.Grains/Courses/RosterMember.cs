using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Grains.Courses;

/// <summary>A learner in a roster shard: the newest row, and probability and band as of the last evaluation.</summary>
internal sealed class RosterMember(RosterRow row)
{
    public RosterRow Row { get; set; } = row;

    public float Probability { get; set; } = row.Probability;

    public CompletionBand Band { get; set; } = row.Band;

    /// <summary>The deviation of the probability's logit; that of a row taken since the last evaluation comes with the next.</summary>
    public float Deviation { get; set; }

    public long ProbabilityAsOfMs { get; set; } = row.EvaluatedAtMs;
}
