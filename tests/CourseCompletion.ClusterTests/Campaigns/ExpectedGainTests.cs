using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Testing;
using Xunit;

namespace CourseCompletion.ClusterTests.Campaigns;

/// <summary>A campaign that sends on expected gain in a real engine on a fake clock: off at first, and it says so.</summary>
public sealed class ExpectedGainTests
{
    private const int Learners = 40;
    private const int Days = 9;
    private static readonly CourseId _course = new("algebra");
    private static readonly CampaignId _campaign = new("win-back");

    [Fact]
    public async Task RunDays_SendsOnExpectedGain_BeginsWithHalfAndCountsWhatCameOfIt()
    {
        await using var run = await TimeTravel.StartAsync(new() { Step = TimeSpan.FromHours(1) });
        await run.AddCourseAsync(new() { Course = _course, Version = 0, Title = "Algebra", Lessons = [new() { Id = "lesson-1", LengthMs = 3_600_000 }] });
        await run.AddCampaignAsync(new()
        {
            Campaign = _campaign,
            Purpose = NudgePurpose.WinBack,
            Courses = [_course],
            Timing = new() { Kind = NudgeTimingKind.FixedTime, LocalMinute = 18 * 60 },
            Templates = [new("back", "en", [new NudgeText("en", "Come back", "It goes on.")])],
            Arms = [new("app", "back", NudgeChannel.InApp, 1)],
            ControlShare = 0,
            SendsOnExpectedGain = true,
        });
        for (var i = 0; i < Learners; i++)
        {
            await run.AddLearnerAsync(new SimulatedLearner(new($"learner-{i:00}"), _course)
            {
                Preferences = new() { TimeZone = "Etc/UTC", DeclinesExperiments = i == 0 },
                Day = day => [day.Make(EventKind.SessionStarted, day.At(9))],
                Nudged = (day, nudge) => [day.Watch("lesson-1", TimeSpan.FromMinutes(day.Number), TimeSpan.FromMinutes(day.Number + 2), day.Now.AddHours(1))],
            });
        }

        await run.RunDaysAsync(Days);

        var drawn = run.Decisions.Where(decision => decision.Group == AssignmentGroup.Treatment && decision.Verdict is NudgeVerdict.Sent or NudgeVerdict.Withheld).ToList();
        var withheld = drawn.Where(decision => decision.Verdict == NudgeVerdict.Withheld).ToList();
        Assert.InRange(withheld.Count, 0.35 * drawn.Count, 0.65 * drawn.Count);
        Assert.All(withheld, decision => Assert.Equal(NudgeReason.Exploration, decision.Reason));
        Assert.All(
            run.Decisions.Where(decision => decision.Group == AssignmentGroup.None && decision.Reason != NudgeReason.DayCap && decision.Reason != NudgeReason.WeekCap),
            decision => Assert.Equal(NudgeVerdict.Sent, decision.Verdict));

        // A decision is finished when its day is over; the last one's is not.
        var uplift = (await run.GetReportAsync(_campaign)).Uplift!;
        var last = run.Now.AddHours(-24);
        Assert.Equal((UpliftGate.TooFewDecisions, drawn.Count(decision => decision.At <= last)), (uplift.Gate, uplift.Decisions));
        Assert.StartsWith("Off, sends are randomised", uplift.Explanation, StringComparison.Ordinal);
    }

    // Nothing is summed up yet when the first decision is made: what was stored is what it goes by.
    [Fact]
    public async Task Activate_AdviceWasFollowed_IsFollowedFromTheFirstDecisionOn()
    {
        var store = new MemoryStore();
        await using var cluster = await EngineCluster.StartAsync(store);
        var (course, campaign) = (cluster.NewCourse(), cluster.NewCampaign());
        await StoreAsync(store, cluster.Campaign(campaign).GetGrainId(), AdviceAgainstAll());
        await cluster.DefineAsync(CourseBuilder.Of(course));
        var learner = Enumerable.Range(0, int.MaxValue).Select(_ => cluster.NewLearner()).First(id => !GlobalHoldout.Includes(TenantId.Default, id, cluster.NowMs));
        var producer = new Producer(cluster, learner, course);
        await producer.SendUntilStoredAsync(producer.Watched(0, 10));
        Assert.Empty((await cluster.Learner(learner).SetPreferencesAsync(LearnerPreferences.None with { QuietFromMinute = 0, QuietToMinute = 0 })).Faults);
        var minute = (int)((cluster.NowMs / 60_000) + 1) % 1440;
        var definition = CampaignBuilder.Of(course, minute, NudgeChannel.InApp) with { SendsOnExpectedGain = true };
        Assert.Empty((await cluster.Campaign(campaign).UpsertAsync(definition, 0)).Faults);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        var decision = await cluster.EventuallyAsync(
            "the learner to be decided",
            async () => (await cluster.Learner(learner).ListNudgesAsync(new(campaign.Value, null, SentOnly: false, 1))).FirstOrDefault(),
            decision => decision is not null);

        Assert.Equal((0.05f, -0.25f), (decision!.SendPropensity, decision.ExpectedGain));
        Assert.Equal(UpliftGate.On, (await cluster.Campaign(campaign).GetReportAsync())!.Uplift!.Gate);
    }

    private static UpliftState AdviceAgainstAll()
    {
        var n = UpliftFeatures.Count;
        var model = new UpliftModel(new double[n], new double[n], new double[n], new double[n * n]);
        model.Uplift[0] = -0.25;
        return new() { Model = model, FittedAt = 2_000, IsOn = true };
    }

    private static Task StoreAsync(MemoryStore store, GrainId campaign, UpliftState state) => store.Payloads.WriteStateAsync(
        "campaign-uplift", campaign, new GrainState<StoredPayload>(new() { Bytes = UpliftStateCodec.Encode(state) }));
}
