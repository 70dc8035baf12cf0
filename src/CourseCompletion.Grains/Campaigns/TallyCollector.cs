using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Collecting;
using CourseCompletion.Grains.Courses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>Gathers rows for campaigns' tallies.</summary>
internal sealed class TallyCollector(
    IGrainFactory grains, IOptions<CourseOptions> options, [FromKeyedServices(EngineTime.Key)] TimeProvider time, ILogger<TallyCollector> log)
    : RowCollector<CampaignRow>(options, time, log)
{
    protected override ValueTask ApplyAsync(RosterKey shard, CampaignRow[] rows) => grains.GetGrain<ITallyShardGrain>(shard.Value).ApplyAsync(rows);

    protected override LearnerId LearnerOf(CampaignRow row) => row.Learner;

    protected override RowVersion VersionOf(CampaignRow row) => row.Version;
}
