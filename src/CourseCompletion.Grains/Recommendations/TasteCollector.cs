using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Collecting;
using CourseCompletion.Grains.Courses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Recommendations;

/// <summary>Gathers what learners took for tenants' recommenders.</summary>
internal sealed class TasteCollector(
    IGrainFactory grains, IOptions<CourseOptions> options, [FromKeyedServices(EngineTime.Key)] TimeProvider time, ILogger<TasteCollector> log)
    : RowCollector<TasteRow>(options, time, log)
{
    protected override ValueTask ApplyAsync(RosterKey shard, TasteRow[] rows) =>
        RecommenderKey.TryOfTarget(shard.Course.Value, out var recommender)
            ? grains.GetGrain<IRecommenderGrain>(recommender.Value).ApplyAsync(rows)
            : throw new FormatException($"'{shard}' names no recommender.");

    protected override LearnerId LearnerOf(TasteRow row) => row.Learner;

    protected override RowVersion VersionOf(TasteRow row) => row.Version;
}
