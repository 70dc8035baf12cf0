namespace CourseCompletion.Domain.Recommendations;

/// <summary>The numbers by which courses are recommended.</summary>
public sealed record RecommendationPolicy
{
    /// <summary>What the release uses.</summary>
    public static RecommendationPolicy Default { get; } = new();

    /// <summary>Which numbers these are; stands in every recommendation's id.</summary>
    public int Version { get; init; } = 2;

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

    /// <summary>What the logarithm of a course's expected gain in completion counts against that of how likely it comes next. Default 1: how likely it comes next and is completed.</summary>
    public float GainWeight { get; init; } = 1;

    /// <summary>By how much a course's score is lowered for a course above it that is like it in everything, a logarithm. Default 0.5.</summary>
    public float DiversityLogits { get; init; } = 0.5f;

    /// <summary>Which share of a list's expected DCG gain and diversity may cost together, in millionths. Default 50,000 (5 %).</summary>
    public int RerankCostPpm { get; init; } = 50_000;

    /// <summary>How often both are halved until that holds; beyond it the ranking stays as it was. Default 4.</summary>
    public int RerankHalvingsMax { get; init; } = 4;

    /// <summary>How many completions, faded, a tenant must have before gains count, at least 1. Default 200.</summary>
    public int GainCompletionsMin { get; init; } = 200;

    /// <summary>How many completions, faded, a course must have before its gain counts. Default 20.</summary>
    public int GainCourseCompletionsMin { get; init; } = 20;

    /// <summary>How large a gain is at most; at least it is 1 divided by that. Default 2.</summary>
    public double GainMax { get; init; } = 2;

    /// <summary>How many of the courses that a learner took last a gain is the mean over. Default 5.</summary>
    public int GainHistoryMax { get; init; } = 5;

    /// <summary>How many takers of a course after another one the course's usual share of completions is worth. Default 20.</summary>
    public double GainPriorOfPair { get; init; } = 20;

    /// <summary>How many takers of a course the tenant's share of completions is worth. Default 20.</summary>
    public double GainPriorOfCourse { get; init; } = 20;

    /// <summary>Of how many courses that were taken after one it is kept how many were completed; up to twice as many between two prunings, twelve bytes each. Default 64.</summary>
    public int LiftPairsMax { get; init; } = 64;

    /// <summary>How often a course is shown without being followed before it rests. Default 5.</summary>
    public int ShownMax { get; init; } = 5;

    /// <summary>Within how many days that is, and after how many it no longer rests. Default 30.</summary>
    public int ShownWithinDays { get; init; } = 30;

    /// <summary>How many dismissed courses a learner keeps; beyond that the oldest goes. Default 256.</summary>
    public int DismissalsMax { get; init; } = 256;

    /// <summary>How many of a learner's courses may be ones that were only contacted, for one more that is merely recommended to be noted. Default 32.</summary>
    /// <remarks>A learner has a limited number of courses: what is shown must leave room for what is taken.</remarks>
    public int ProspectsMax { get; init; } = 32;

    /// <summary>Whether courses are listed that nobody defined, of which there is an id and no title. Default no.</summary>
    public bool ListsUndefined { get; init; }

    /// <summary>How many courses a tenant's recommender knows; later ones are not recommended. Default 50,000.</summary>
    public int CoursesMax { get; init; } = 50_000;

    /// <summary>Of how many learners the recommender remembers what was counted, ten bytes each; beyond that, of half of them those that were quiet longest are forgotten. Default 4,000,000.</summary>
    public int LearnersMax { get; init; } = 4_000_000;
}
