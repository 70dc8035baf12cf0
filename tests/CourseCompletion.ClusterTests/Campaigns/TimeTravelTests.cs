using System.Globalization;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.Testing;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.ClusterTests.Campaigns;

/// <summary>Four weeks of a check-in campaign on a fake clock.</summary>
public sealed class TimeTravelTests(ITestOutputHelper output)
{
    private const int Days = 28;
    private static readonly CourseId _course = new("algebra");
    private static readonly CampaignId _campaign = new("daily-check-in");
    private static readonly string[] _zones = ["America/New_York", "Asia/Kolkata", "Asia/Shanghai"];

    [Fact]
    public async Task RunDays_CheckInCampaign_KeepsItsPromises()
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var run = await RunAsync(learners: 50, seed: 1);
        output.WriteLine($"{run.Sends.Count} sends, {run.Decisions.Count} decisions in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:N1} s");

        Assert.InRange(run.Sends.Count, 50, 50 * Days);
        Assert.Equal(_zones.Order(), run.Sends.Select(send => ZoneOf(send.Learner)).Distinct().Order());
        foreach (var learner in run.Sends.GroupBy(send => send.Learner))
        {
            var times = learner.Select(send => send.At).ToList();
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(24), $"{learner.Key}: {pair}"));
            Assert.All(times.Zip(times.Skip(3)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromDays(7), $"{learner.Key}: {pair}"));
        }

        Assert.All(run.Sends, send => Assert.False(IsQuiet(send.Learner, send.At), $"{send.Learner} at {send.At}"));
    }

    [Fact]
    public async Task RunDays_WhoChecksInDaily_ReadsOfAGrowingStreak()
    {
        await using var run = await StartAsync(seed: 1);
        await run.AddLearnerAsync(new SimulatedLearner(new("late"), _course)
        {
            Preferences = new() { TimeZone = "Asia/Shanghai", DeclinesExperiments = true },
            Day = day => [day.CheckIn(day.At(21))],
        });

        await run.RunDaysAsync(14);

        var streaks = run.Sends.Select(send => int.Parse(send.Subject, CultureInfo.InvariantCulture)).ToList();
        Assert.True(streaks.Count >= 5, string.Join(", ", run.Decisions.Select(decision => $"{decision.Occurrence} {decision.Verdict} {decision.Reason}")));
        Assert.All(streaks.Zip(streaks.Skip(1)), pair => Assert.True(pair.Second > pair.First, string.Join(", ", streaks)));
    }

    [Fact]
    public async Task RunDays_SameSeed_SendsTheSame()
    {
        await using var one = await RunAsync(learners: 12, seed: 7);
        await using var same = await RunAsync(learners: 12, seed: 7);
        await using var other = await RunAsync(learners: 12, seed: 8);

        Assert.NotEmpty(one.Sends);
        Assert.Equal(one.Sends, same.Sends);
        Assert.Equal(one.Decisions, same.Decisions);
        Assert.NotEqual(one.Sends, other.Sends);
    }

    [Fact]
    public async Task RunDays_RecordedLearner_IsRemindedOnDaysWithoutACheckIn()
    {
        await using var run = await StartAsync(seed: 1);
        var firstMs = run.Now.ToUnixTimeMilliseconds();
        LearnerEvent At(int day) => new() { Source = "app", EventId = $"recorded-{day}", Course = _course, Kind = EventKind.CheckedIn, OccurredAtMs = firstMs + ((long)((day * 24) + 12) * 3_600_000) };
        await run.AddLearnerAsync(new SimulatedLearner(new("recorded"), _course)
        {
            Preferences = new() { TimeZone = "Etc/UTC", DeclinesExperiments = true },
            Recorded = [At(2), At(0)],
        });

        await run.RunDaysAsync(4);

        Assert.Equal(
            [("2026-03-02", NudgeReason.AlreadyDone), ("2026-03-03", NudgeReason.None), ("2026-03-04", NudgeReason.AlreadyDone), ("2026-03-05", NudgeReason.None)],
            run.Decisions.Select(decision => (decision.Occurrence, decision.Reason)));
        Assert.Equal(["2026-03-03", "2026-03-05"], run.Sends.Select(send => send.Occurrence));
        var report = await run.GetReportAsync(_campaign);
        Assert.Equal(2, report.Groups.Sum(group => group.Sent));
    }

    private static async Task<TimeTravel> StartAsync(ulong seed)
    {
        var run = await TimeTravel.StartAsync(new() { Seed = seed });
        await run.AddCourseAsync(new()
        {
            Course = _course,
            Version = 0,
            Title = "Algebra",
            Lessons = [new() { Id = "lesson-1", LengthMs = 3_600_000 }],
        });
        await run.AddCampaignAsync(new()
        {
            Campaign = _campaign,
            Purpose = NudgePurpose.CheckIn,
            Courses = [_course],
            Timing = new() { Kind = NudgeTimingKind.FixedTime, LocalMinute = 20 * 60 },
            Goal = CampaignGoal.CheckInToday,
            CheckIn = new CheckInPlan(),
            Templates = [new("keep", "en", [new NudgeText("en", "{{streak}}", "Your streak is {{streak}} days.")])],
            Arms = [new("app", "keep", NudgeChannel.InApp, 1)],
            ControlShare = 0.25,
        });
        return run;
    }

    // Each learner checks in on some days alone, and on some of the others when reminded.
    private static async Task<TimeTravel> RunAsync(int learners, ulong seed)
    {
        var run = await StartAsync(seed);
        for (var i = 0; i < learners; i++)
        {
            await run.AddLearnerAsync(new SimulatedLearner(new($"learner-{i:00}"), _course)
            {
                Preferences = new() { TimeZone = _zones[i % _zones.Length] },
                Day = day => day.Draw() < 0.4 ? [day.CheckIn(day.At(12))] : [],
                Nudged = (day, nudge) => day.Draw() < 0.5 ? [day.Open(nudge, day.Now), day.CheckIn(day.Now.AddMinutes(30))] : [],
            });
        }

        await run.RunDaysAsync(Days);
        return run;
    }

    private static string ZoneOf(LearnerId learner) => _zones[int.Parse(learner.Value.AsSpan("learner-".Length), CultureInfo.InvariantCulture) % _zones.Length];

    private static bool IsQuiet(LearnerId learner, DateTimeOffset at)
    {
        var minute = new LearnerClock(LearnerZones.Of(ZoneOf(learner)), 0).MinuteOf(at.ToUnixTimeMilliseconds());
        return minute >= LearnerPreferences.None.QuietFromMinute || minute < LearnerPreferences.None.QuietToMinute;
    }
}
