namespace CourseCompletion.Domain.Recommendations;

/// <summary>The numbers by which courses are recommended.</summary>
public sealed record RecommendationPolicy
{
    /// <summary>What the release uses.</summary>
    public static RecommendationPolicy Default { get; } = new();

    /// <summary>Which numbers these are; stands in every recommendation's id.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The numbers of the model of the next course.</summary>
    public TransitionPolicy Transitions { get; init; } = TransitionPolicy.Default;

    /// <summary>After how many days an enrolment counts half. Default 180.</summary>
    public double HalfLifeDays { get; init; } = 180;

    /// <summary>How many courses a list has at most. Default 50.</summary>
    public int LimitMax { get; init; } = 50;

    /// <summary>How many a list has when nothing is said. Default 10.</summary>
    public int LimitDefault { get; init; } = 10;

    /// <summary>In which share of lists one place goes to a course drawn from those behind the list, in millionths. Default 50,000 (5 %).</summary>
    public int ExplorationPpm { get; init; } = 50_000;

    /// <summary>How many courses behind the list are drawn from, times the list's length. Default 2.</summary>
    public int ExplorationDepth { get; init; } = 2;

    /// <summary>Another number gives other draws. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>At most which share of a list promoted courses may have, in millionths. Default 200,000 (20 %).</summary>
    public int PromotedPpm { get; init; } = 200_000;

    /// <summary>How many promoted courses are looked at for a list, besides those that are in it anyway. Default 256.</summary>
    public int PromotedMax { get; init; } = 256;

    /// <summary>What being promoted adds to a course's score, a logarithm. Default ln 2: as if it were twice as likely to come next.</summary>
    public float PromotedLogit { get; init; } = 0.6931472f;

    /// <summary>How often a course is shown without being followed before it rests. Default 5.</summary>
    public int ShownMax { get; init; } = 5;

    /// <summary>Within how many days that is, and after how many it no longer rests. Default 30.</summary>
    public int ShownWithinDays { get; init; } = 30;

    /// <summary>How many dismissed courses a learner keeps; beyond that the oldest goes. Default 256.</summary>
    public int DismissalsMax { get; init; } = 256;

    /// <summary>How many of a learner's courses may be ones that were only contacted, for one more that is merely recommended to be noted. Default 32.</summary>
    /// <remarks>A learner has a limited number of courses: what is shown must leave room for what is taken.</remarks>
    public int ProspectsMax { get; init; } = 32;

    /// <summary>How many courses a tenant's recommender knows; later ones are not recommended. Default 20,000.</summary>
    public int CoursesMax { get; init; } = 20_000;

    /// <summary>Of how many learners the recommender remembers what was counted; beyond that, of half of them those that were quiet longest are forgotten. Default 4,000,000.</summary>
    public int LearnersMax { get; init; } = 4_000_000;
}
