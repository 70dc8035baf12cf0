using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Collecting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Courses;

/// <summary>Gathers rows for courses' rosters.</summary>
internal sealed class RosterCollector(
    IGrainFactory grains, IOptions<CourseOptions> options, [FromKeyedServices(EngineTime.Key)] TimeProvider time, ILogger<RosterCollector> log)
    : RowCollector<RosterRow>(options, time, log)
{
    protected override ValueTask ApplyAsync(RosterKey shard, RosterRow[] rows) => grains.GetGrain<IRosterShardGrain>(shard.Value).ApplyAsync(rows);

    protected override LearnerId LearnerOf(RosterRow row) => row.Learner;

    protected override RowVersion VersionOf(RosterRow row) => row.Version;
}
