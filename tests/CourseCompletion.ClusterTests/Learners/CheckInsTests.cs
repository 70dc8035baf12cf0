using CourseCompletion.ClusterTests.Campaigns;
using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

/// <summary>Check-ins by the learner's own day, from the event to what the learner reads.</summary>
public sealed class CheckInsTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    // The day is another than UTC's in one of the two zones at any time.
    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Etc/GMT+12")]
    public async Task GetCheckIns_LearnerWhoToldNoZone_GoesByTheCourses(string zone)
    {
        var course = _cluster.NewCourse();
        await _cluster.DefineAsync(CourseBuilder.Of(course) with { TimeZone = zone });
        var learner = _cluster.NewLearner();
        var producer = new Producer(_cluster, learner, course);

        await producer.SendUntilStoredAsync(producer.Make(EventKind.CheckedIn));

        await CheckAsync();
        await _cluster.DeactivateAsync([learner]);
        await CheckAsync();

        async Task CheckAsync()
        {
            var answer = await producer.Grain.GetCheckInsAsync(course, null);
            Assert.Equal((CheckInsStatus.Found, 7), (answer.Status, answer.WeeklyGoalDays));
            Assert.Equal((true, 1, 1, false), (answer.Standing.CheckedInToday, answer.Standing.CurrentStreak, answer.Standing.LongestStreak, answer.Standing.AtRisk));
        }
    }

    [Fact]
    public async Task GetCheckIns_ByACampaignsPlan_IsJudgedByIt()
    {
        var course = _cluster.NewCourse();
        await _cluster.DefineAsync(CourseBuilder.Of(course));
        var producer = new Producer(_cluster, _cluster.NewLearner(), course);
        await producer.SendUntilStoredAsync(producer.Make(EventKind.CheckedIn));
        var campaign = _cluster.NewCampaign();
        var definition = CampaignBuilder.Of(course, 600, NudgeChannel.InApp) with { Purpose = NudgePurpose.CheckIn, CheckIn = new() { WeeklyGoalDays = 3, UniqueMinutesMin = 5, FreezesPerMonth = 2 } };
        Assert.Empty((await _cluster.Campaign(campaign).UpsertAsync(definition, 0)).Faults);

        var judged = await producer.Grain.GetCheckInsAsync(course, campaign.Value);

        Assert.Equal((3, false, true, 2), (judged.WeeklyGoalDays, judged.Standing.CheckedInToday, judged.Standing.AwaitsProof, judged.Standing.FreezesLeft));
        Assert.Equal(CheckInsStatus.NoCampaign, (await producer.Grain.GetCheckInsAsync(course, "no-such-campaign")).Status);
        Assert.Equal(CheckInsStatus.NoEnrolment, (await producer.Grain.GetCheckInsAsync(_cluster.NewCourse(), null)).Status);
    }

    [Fact]
    public async Task SetPreferences_ReminderTime_CheckInCampaignsKeepToIt()
    {
        var course = _cluster.NewCourse();
        await _cluster.DefineAsync(CourseBuilder.Of(course));
        var learner = _cluster.NewLearner();
        var producer = new Producer(_cluster, learner, course);
        await producer.SendUntilStoredAsync(producer.Watched(0, 10));
        var minute = (int)(((_cluster.NowMs / 60_000) + 30) % 1440);
        var preferences = LearnerPreferences.None with { TimeZone = "Etc/UTC", QuietFromMinute = 0, QuietToMinute = 0, ReminderMinute = minute };
        Assert.Empty((await producer.Grain.SetPreferencesAsync(preferences)).Faults);
        Assert.Equal(preferences, await producer.Grain.GetPreferencesAsync());
        await _cluster.ToldAsync();
        var campaign = _cluster.NewCampaign();
        var definition = CampaignBuilder.Of(course, (minute + 600) % 1440, NudgeChannel.InApp) with { Purpose = NudgePurpose.CheckIn, CheckIn = new() };
        Assert.Empty((await _cluster.Campaign(campaign).UpsertAsync(definition, 0)).Faults);

        _cluster.Clock.Advance(TimeSpan.FromMinutes(31));

        var nudge = await _cluster.EventuallyAsync(
            "the reminder",
            async () => (await producer.Grain.ListNudgesAsync(new(campaign.Value, null, SentOnly: true, 10))).FirstOrDefault()!,
            nudge => nudge is not null);
        Assert.Equal(minute, (int)(nudge.DueAtMs / 60_000 % 1440));
    }
}
