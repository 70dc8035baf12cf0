using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Abstractions.Recommendations;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Recommendations;

/// <summary>A tenant's recommender: which course a learner takes next, from what all take.</summary>
/// <remarks>Key: <see cref="RecommenderKey"/>. Called by silos' collectors (what learners took), courses (definitions) and learners (questions); calls no grain.</remarks>
[Alias("cc.IRecommenderGrain")]
[Version(1)]
internal interface IRecommenderGrain : IGrainWithStringKey
{
    /// <summary>Takes rows; what was counted of a learner is not counted again. Safe to repeat and to reorder.</summary>
    [Alias("ApplyAsync")]
    [AlwaysInterleave]
    ValueTask ApplyAsync([Immutable] TasteRow[] rows);

    /// <summary>Takes what a definition says, and returns when it is stored. Safe to repeat and to reorder.</summary>
    [Alias("DefineAsync")]
    [AlwaysInterleave]
    Task DefineAsync([Immutable] CourseFact fact);

    /// <summary>Lists courses for a learner.</summary>
    [Alias("RecommendAsync")]
    [AlwaysInterleave]
    ValueTask<RecommendationList> RecommendAsync([Immutable] RecommendationQuery query);
}
