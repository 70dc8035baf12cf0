using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Campaigns;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.Grains.Cluster;
using CourseCompletion.Grains.Comments;
using CourseCompletion.Grains.Comments.Opinions;
using CourseCompletion.Grains.Completion;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Learners;
using CourseCompletion.Grains.Questions;
using CourseCompletion.Grains.Recommendations;
using CourseCompletion.Grains.Scheduling;
using CourseCompletion.Grains.Watches;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace CourseCompletion.Grains;

/// <summary>Registers the grains' services with a silo.</summary>
public static class Hosting
{
    /// <summary>Adds learners, courses, models and the sweep. Storage and prediction are added beside it.</summary>
    public static ISiloBuilder AddGrains(this ISiloBuilder silo, IConfiguration configuration)
    {
        var services = silo.Services;
        services.AddOptions<LearnerOptions>().Bind(configuration.GetSection(LearnerOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CourseOptions>().Bind(configuration.GetSection(CourseOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SweepOptions>()
            .Bind(configuration.GetSection(SweepOptions.Section))
            .ValidateDataAnnotations()
            .Validate<IOptions<CourseOptions>>(
                (sweep, courses) => sweep.OlderThan > courses.Value.StoreAfter,
                "Set Sweep:OlderThan above Courses:StoreAfter, or every row is told twice.")
            .ValidateOnStart();
        services.AddOptions<BandOptions>().Bind(configuration.GetSection(BandOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => s.GetRequiredService<IOptions<BandOptions>>().Value.ToPolicy());
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddKeyedSingleton(EngineTime.Key, TimeProvider.System);

        // Callers tell a store that is away for a moment from a defect by the exception's type, which Orleans sends on only for namespaces it was told of.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(nameof(CourseCompletion)));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, GrainMetricsStart>();
        services.AddSingleton<ModelStore>();
        services.AddSingleton<ModelsInUse>();
        services.AddSingleton<ICompletionModels>(s => s.GetRequiredService<ModelsInUse>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<ModelsInUse>());
        services.AddSingleton<WatchEnd>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<WatchEnd>());
        services.AddSingleton<TenantComments>();
        services.AddSingleton<SecondOpinions>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<SecondOpinions>());
        services.AddSingleton<CourseCatalog>();
        services.AddSingleton<NewLearnerQuota>();
        services.AddSingleton<HotLearners>();
        services.AddSingleton<LearnerServices>();
        services.AddSingleton<RosterCollector>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<RosterCollector>());
        services.AddOptions<CampaignOptions>().Bind(configuration.GetSection(CampaignOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CampaignCatalog>();
        services.AddSingleton<CampaignPreview>();
        services.AddSingleton<TallyCollector>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<TallyCollector>());
        services.AddOptions<QuestionOptions>()
            .Bind(configuration.GetSection(QuestionOptions.Section))
            .ValidateDataAnnotations()
            .Validate(questions => questions.OverdueAfter > questions.LikelyAfter, "Set Questions:OverdueAfter above Questions:LikelyAfter: the course team comes last.")
            .ValidateOnStart();
        services.AddSingleton<QuestionStore>();
        services.AddSingleton<QuestionTeller>();
        services.AddSingleton<NudgeTexts>();
        services.AddSingleton<NudgeComposer>();
        services.AddSingleton<NudgeOutbox>();
        services.AddSingleton<LearnerNudges>();
        services.AddSingleton<RosterRefresher>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<RosterRefresher>());
        services.AddOptions<RecommendationOptions>()
            .Bind(configuration.GetSection(RecommendationOptions.Section))
            .ValidateDataAnnotations()
            .Validate<IOptions<SweepOptions>>(
                (recommendations, sweep) => recommendations.StoreAfter < sweep.Value.OlderThan,
                "Set Sweep:OlderThan above Recommendations:StoreAfter, or what learners took is told twice.")
            .ValidateOnStart();
        services.TryAddSingleton(RecommendationPolicy.Default);
        services.AddSingleton<TasteCollector>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<TasteCollector>());
        services.AddSingleton<LearnerRecommendations>();
        services.AddSingleton<CourseFactTeller>();
        services.AddDelivery(configuration);
        services.AddGrainService<SiloReportService>();
        services.AddSingleton<SiloReports>();
        services.AddSingleton<SweepStarter>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<SweepStarter>());
        return silo;
    }
}
