using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Campaigns;

/// <summary>Campaigns on two silos, from their definition to what learners and reports see.</summary>
public sealed class CampaignTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Upsert_ThenDue_ReachesEveryLearnerOnceAndReportsIt()
    {
        var (course, learners) = await EnrolAsync(20);
        var campaign = await CreateAsync(course, dueIn: TimeSpan.FromSeconds(2));

        await _cluster.EventuallyAsync("everybody to be decided", () => ReportAsync(campaign), report => report.Groups.Sum(group => group.Learners) == learners.Length);

        foreach (var learner in learners)
        {
            var decision = Assert.Single(await _cluster.Learner(learner).ListNudgesAsync(new(campaign.Value, null, SentOnly: false, 100)));
            var isHeldOut = GlobalHoldout.Includes(TenantId.Default, learner, decision.DecidedAtMs);
            Assert.Equal(isHeldOut ? NudgeReason.GlobalHoldout : NudgeReason.None, decision.Reason);
            Assert.Equal(isHeldOut ? "" : "Come back to A course", decision.Subject);
        }

        var report = await ReportAsync(campaign);
        Assert.Equal(learners.Length, report.Groups.Sum(group => group.Sent + group.WouldSend));
    }

    [Fact]
    public async Task Watch_NudgeSentAndOpened_TellsBoth()
    {
        var (course, learners) = await EnrolAsync(1, NotHeldOut);
        var learner = _cluster.Learner(learners[0]);
        var first = (await learner.WatchNudgesAsync(LearnerVersion.None, TimeSpan.Zero))!;
        Assert.Empty(first.Nudges);
        await CreateAsync(course, TimeSpan.FromSeconds(1));
        var version = first.Version;

        var sent = await NextAsync(nudges => nudges.Length > 0);
        var producer = new Producer(_cluster, learners[0], course, "inbox");
        await producer.SendUntilStoredAsync(producer.Make(EventKind.NudgeOpened) with { ObjectId = sent[0].Nudge });
        var opened = await NextAsync(nudges => nudges.Length > 0);

        Assert.Equal((0L, true), (sent[0].OpenedAtMs, opened[0].OpenedAtMs > 0));

        Task<NudgeView[]> NextAsync(Func<NudgeView[], bool> holds) => _cluster.EventuallyAsync(
            "the inbox to change",
            async () =>
            {
                var change = await learner.WatchNudgesAsync(version, TimeSpan.FromMilliseconds(50));
                version = change?.Version ?? version;
                return change?.Nudges ?? [];
            },
            holds);
    }

    [Fact]
    public async Task Send_ByWebhook_IsReportedBackAndLetGoOf()
    {
        var (course, learners) = await EnrolAsync(5, NotHeldOut);
        var campaign = await CreateAsync(course, TimeSpan.FromSeconds(1), NudgeChannel.Webhook);

        await DeliveredAsync(campaign, learners);

        await _cluster.ToldAsync();
        Assert.Equal(learners.Length, _cluster.Webhooks.All.Count(message => message.Campaign == campaign.Value));
    }

    [Fact]
    public async Task Activate_AfterNudges_RemembersAllOfIt()
    {
        var (course, learners) = await EnrolAsync(3, NotHeldOut);
        var campaign = await CreateAsync(course, TimeSpan.FromSeconds(1), NudgeChannel.Webhook);
        await DeliveredAsync(campaign, learners);
        var preferences = LearnerPreferences.None with { TimeZone = "Asia/Shanghai", Locale = "zh", OptedOut = [NudgePurpose.Deadline] };
        Assert.Empty((await _cluster.Learner(learners[0]).SetPreferencesAsync(preferences)).Faults);
        var before = await _cluster.Learner(learners[0]).ListNudgesAsync(new(null, null, false, 100));

        await _cluster.DeactivateAsync(learners);

        Assert.Equal(before, await _cluster.Learner(learners[0]).ListNudgesAsync(new(null, null, false, 100)));
        Assert.Equal(preferences, await _cluster.Learner(learners[0]).GetPreferencesAsync());
    }

    [Fact]
    public async Task SetPreferences_LearnerWithoutEvents_StaysOneWithoutEvents()
    {
        var learner = _cluster.Learner(_cluster.NewLearner());

        Assert.Empty((await learner.SetPreferencesAsync(LearnerPreferences.None with { Locale = "zh" })).Faults);

        Assert.Equal(AnswerStatus.NotFound, (await learner.GetProfileAsync(null)).Status);
        Assert.Equal("zh", (await learner.GetPreferencesAsync()).Locale);
    }

    [Fact]
    public async Task OptOut_BeforeItIsDue_IsHonoured()
    {
        var (course, learners) = await EnrolAsync(1, NotHeldOut);
        await _cluster.Learner(learners[0]).OptOutAsync(NudgePurpose.WinBack);
        var campaign = await CreateAsync(course, TimeSpan.FromSeconds(1));

        var decision = await DecidedAsync(campaign, learners[0]);

        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.OptedOut), (decision.Verdict, decision.Reason));
    }

    [Fact]
    public async Task Defer_QuietHoursEnd_SendsThen()
    {
        var (course, learners) = await EnrolAsync(1, NotHeldOut);
        var minute = (int)(_cluster.NowMs / 60_000 % 1440);
        var quiet = LearnerPreferences.None with { TimeZone = "Etc/UTC", QuietFromMinute = minute, QuietToMinute = (minute + 5) % 1440 };
        Assert.Empty((await _cluster.Learner(learners[0]).SetPreferencesAsync(quiet)).Faults);
        var campaign = await CreateAsync(course, TimeSpan.FromSeconds(1));
        var deferred = await DecidedAsync(campaign, learners[0]);
        Assert.Equal((NudgeVerdict.Deferred, NudgeReason.QuietHours), (deferred.Verdict, deferred.Reason));

        _cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        var sent = await _cluster.EventuallyAsync("the deferred nudge to be sent", () => DecidedAsync(campaign, learners[0]), decision => decision.Verdict == NudgeVerdict.Sent);
        Assert.True(sent.DecidedAtMs >= deferred.RetryAtMs);
    }

    [Fact]
    public async Task DryRun_SaysWhatThenHappens()
    {
        var (course, learners) = await EnrolAsync(8);
        await _cluster.Learner(learners[0]).OptOutAsync(NudgePurpose.WinBack);
        var campaign = await CreateAsync(course, TimeSpan.FromMinutes(10));
        var query = new DryRunQuery(_cluster.NowMs, _cluster.NowMs + (60 * 60_000), null, null, 3);
        var foreseen = new List<DryRunEntry>();
        await _cluster.EventuallyAsync("everybody to be foreseen", async () =>
        {
            foreseen.Clear();
            var page = query;
            while (await _cluster.Campaign(campaign).DryRunAsync(page) is { } run)
            {
                foreseen.AddRange(run.Entries);
                if (run.IsLast)
                {
                    break;
                }

                page = query with { AfterCourse = run.Entries[^1].Course, AfterLearner = run.Entries[^1].Learner };
            }

            return foreseen.Count == learners.Length;
        });
        Assert.Empty(await _cluster.Learner(learners[0]).ListNudgesAsync(new(campaign.Value, null, false, 100)));

        _cluster.Clock.Advance(TimeSpan.FromMinutes(11));
        foreach (var entry in foreseen)
        {
            var decision = await DecidedAsync(campaign, new(entry.Learner));
            Assert.Equal((entry.Verdict, entry.Reason, entry.Occurrence, entry.DueAtMs, entry.Arm), (decision.Verdict, decision.Reason, decision.Occurrence, decision.DueAtMs, decision.Arm));
        }
    }

    [Fact]
    public async Task Upsert_UnknownCourseOrVariable_NamesTheField()
    {
        var campaign = _cluster.NewCampaign();
        var definition = CampaignBuilder.Of(_cluster.NewCourse(), 600, NudgeChannel.InApp);

        var unknownCourse = await _cluster.Campaign(campaign).UpsertAsync(definition, null);
        var unknownVariable = await _cluster.Campaign(campaign).UpsertAsync(
            definition with { Templates = [new("hello", "en", [new NudgeText("en", "Hi {{name}}", "Text")])] }, null);

        Assert.Equal("campaign.course_ids[0]", Assert.Single(unknownCourse.Faults).Field);
        Assert.Equal("campaign.templates[0].texts[0].subject", Assert.Single(unknownVariable.Faults).Field);
        Assert.Null(await _cluster.Campaign(campaign).GetDefinitionAsync());
    }

    [Fact]
    public async Task Archive_AnUpsertAfterwards_IsRefused()
    {
        var (course, _) = await EnrolAsync(1);
        var campaign = await CreateAsync(course, TimeSpan.FromHours(3));

        var archived = await _cluster.Campaign(campaign).SetStatusAsync(CampaignStatus.Archived);
        var resumed = await _cluster.Campaign(campaign).SetStatusAsync(CampaignStatus.Active);

        Assert.Equal((CampaignStatus.Archived, CampaignStatus.Archived), (archived!.Status, resumed!.Status));
        Assert.NotEmpty((await _cluster.Campaign(campaign).UpsertAsync(CampaignBuilder.Of(course, 600, NudgeChannel.InApp), null)).Faults);
    }

    private bool NotHeldOut(LearnerId learner) => !GlobalHoldout.Includes(TenantId.Default, learner, _cluster.NowMs);

    private async Task<(CourseId Course, LearnerId[] Learners)> EnrolAsync(int count, Func<LearnerId, bool>? wanted = null)
    {
        var course = _cluster.NewCourse();
        await _cluster.DefineAsync(CourseBuilder.Of(course));
        var learners = Enumerable.Range(0, int.MaxValue).Select(_ => _cluster.NewLearner()).Where(learner => wanted?.Invoke(learner) ?? true).Take(count).ToArray();
        foreach (var learner in learners)
        {
            var producer = new Producer(_cluster, learner, course);
            await producer.SendUntilStoredAsync(producer.Watched(0, 10));
            Assert.Empty((await _cluster.Learner(learner).SetPreferencesAsync(LearnerPreferences.None with { QuietFromMinute = 0, QuietToMinute = 0 })).Faults);
        }

        return (course, learners);
    }

    // Due at the given time from now by the courses' own clock, which is UTC.
    private async Task<CampaignId> CreateAsync(CourseId course, TimeSpan dueIn, NudgeChannel channel = NudgeChannel.InApp)
    {
        var campaign = _cluster.NewCampaign();
        var dueAtMs = (_cluster.NowMs + (long)dueIn.TotalMilliseconds + 59_999) / 60_000 * 60_000;
        var minute = (int)(dueAtMs / 60_000 % 1440);
        var outcome = await _cluster.Campaign(campaign).UpsertAsync(CampaignBuilder.Of(course, minute, channel), 0);
        Assert.Empty(outcome.Faults);
        if (dueIn < TimeSpan.FromMinutes(1))
        {
            _cluster.Clock.Advance(TimeSpan.FromMilliseconds(dueAtMs - _cluster.NowMs));
        }

        return campaign;
    }

    private async Task<CampaignReport> ReportAsync(CampaignId campaign) => (await _cluster.Campaign(campaign).GetReportAsync())!;

    private Task<NudgeView> DecidedAsync(CampaignId campaign, LearnerId learner) => _cluster.EventuallyAsync(
        $"{learner} to be decided",
        async () => (await _cluster.Learner(learner).ListNudgesAsync(new(campaign.Value, null, false, 100))).FirstOrDefault()!,
        decision => decision is not null);

    private Task DeliveredAsync(CampaignId campaign, LearnerId[] learners) => _cluster.EventuallyAsync("every nudge to be delivered", async () =>
    {
        foreach (var learner in learners)
        {
            if ((await _cluster.Learner(learner).ListNudgesAsync(new(campaign.Value, null, true, 100))).FirstOrDefault()?.Delivery != NudgeDelivery.Delivered)
            {
                return false;
            }
        }

        return true;
    });
}
