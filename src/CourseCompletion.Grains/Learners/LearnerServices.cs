using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Campaigns;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.Grains.Comments;
using CourseCompletion.Grains.Comments.Opinions;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Recommendations;
using CourseCompletion.Grains.Watches;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace CourseCompletion.Grains.Learners;

/// <summary>What every learner's grain of a silo works with: one object, so that a hundred thousand grains do not each hold ten references.</summary>
internal sealed class LearnerServices(
    ILearnerJournal journal,
    IStoreIdentity identity,
    ICompletionModels models,
    BandPolicy bands,
    TenantComments comments,
    SecondOpinions opinions,
    CourseCatalog catalog,
    RosterCollector collector,
    CampaignCatalog campaigns,
    TallyCollector tallies,
    NudgeOutbox outbox,
    LearnerNudges nudges,
    TasteCollector tastes,
    LearnerRecommendations recommendations,
    NewLearnerQuota newcomers,
    HotLearners hot,
    WatchEnd watchEnd,
    IOptions<LearnerOptions> options,
    [FromKeyedServices(StorageNames.GrainStorageName)] IGrainStorage snapshots,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time,
    ILogger<LearnerGrain> log)
{
    public ILearnerJournal Journal { get; } = journal;

    public IStoreIdentity Identity { get; } = identity;

    public ICompletionModels Models { get; } = models;

    public BandPolicy Bands { get; } = bands;

    public IGrainStorage Snapshots { get; } = snapshots;

    public SecondOpinions Opinions { get; } = opinions;

    public CourseCatalog Catalog { get; } = catalog;

    public LearnerCourses Courses => field ??= new(this);

    public LearnerRecorders Recorders { get; } = new(LearnerPolicy.Default, bands, models, comments);

    public RosterCollector Collector { get; } = collector;

    public CampaignCatalog Campaigns { get; } = campaigns;

    public TallyCollector Tallies { get; } = tallies;

    public NudgeOutbox Outbox { get; } = outbox;

    public LearnerNudges Nudges { get; } = nudges;

    public TasteCollector Tastes { get; } = tastes;

    public LearnerRecommendations Recommendations { get; } = recommendations;

    public NewLearnerQuota Newcomers { get; } = newcomers;

    public HotLearners Hot { get; } = hot;

    public WatchEnd WatchEnd { get; } = watchEnd;

    public LearnerOptions Options { get; } = options.Value;

    public LearnerPolicy Policy { get; } = LearnerPolicy.Default;

    public TimeProvider Time { get; } = time;

    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public ILogger Log { get; } = log;
}
