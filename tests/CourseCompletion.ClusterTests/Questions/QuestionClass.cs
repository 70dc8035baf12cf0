using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Questions;
using Xunit;

namespace CourseCompletion.ClusterTests.Questions;

/// <summary>A course whose learners ask and answer, and its campaigns about questions.</summary>
internal static class QuestionClass
{
    /// <summary>Boards look often, so that a test does not wait.</summary>
    public static readonly (string, string)[] Settings = [("Questions:LookEvery", "00:00:00.050")];

    public static IQuestionBoardGrain Board(EngineCluster cluster, CourseId course) => cluster.Grains.GetGrain<IQuestionBoardGrain>(EngineCluster.KeyOf(course).Value);

    public static async Task<NudgeView> DecidedAsync(EngineCluster cluster, CampaignId campaign, LearnerId learner) => Assert.Single(await cluster.EventuallyAsync(
        $"{learner} to be decided",
        () => cluster.Learner(learner).ListNudgesAsync(new(campaign.Value, null, SentOnly: false, 100)).AsTask(),
        decisions => decisions.Length > 0));

    public static async Task<(CourseId Course, LearnerId[] Learners)> EnrolAsync(EngineCluster cluster, int count)
    {
        var course = cluster.NewCourse();
        await cluster.DefineAsync(CourseBuilder.Of(course));
        var learners = Enumerable.Range(0, int.MaxValue).Select(_ => cluster.NewLearner())
            .Where(learner => !GlobalHoldout.Includes(TenantId.Default, learner, cluster.NowMs)).Take(count).ToArray();
        foreach (var learner in learners)
        {
            var producer = new Producer(cluster, learner, course);
            await producer.SendUntilStoredAsync(producer.Watched(0, 10));
            Assert.Empty((await cluster.Learner(learner).SetPreferencesAsync(LearnerPreferences.None with { QuietFromMinute = 0, QuietToMinute = 0 })).Faults);
        }

        return (course, learners);
    }

    public static async Task<CampaignId> CreateAsync(EngineCluster cluster, CourseId course, QuestionOccasions occasions, double controlShare = 0)
    {
        var campaign = cluster.NewCampaign();
        Assert.Empty((await cluster.Campaign(campaign).UpsertAsync(CampaignOf(course, occasions, controlShare), 0)).Faults);
        return campaign;
    }

    public static CampaignDefinition CampaignOf(CourseId course, QuestionOccasions occasions, double controlShare) => new()
    {
        Campaign = new("set-by-the-grain"),
        Purpose = NudgePurpose.Questions,
        Courses = [course],
        Occasions = occasions,
        ControlShare = controlShare,
        Timing = new NudgeTiming { Kind = NudgeTimingKind.FixedTime, LocalMinute = 600 },
        Templates = [new("news", "en", [new NudgeText("en", "{{question_text}}{{session_title}}", "{{answer_text}}{{session_time}}{{session_link}}")])],
        Arms = [new("only", "news", NudgeChannel.InApp, 1)],
    };
}
