using System.Globalization;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.LocalTime;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

/// <summary>Whatever campaigns want and learners do: no more than the caps, and nothing in quiet hours.</summary>
/// <remarks>GATE_DECISIONS says how many decisions are made; 10,000,000 of them take some minutes.</remarks>
public sealed class GateCapsTests
{
    private const int DecisionsPerLearner = 250;

    private static readonly long _decisions = long.Parse(Environment.GetEnvironmentVariable("GATE_DECISIONS") ?? "100000", CultureInfo.InvariantCulture);

    private static readonly string[] _zones = ["Etc/UTC", "Asia/Shanghai", "America/St_Johns", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo"];

    private static readonly Gen<Step> _step = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 4], Gen.Long[MinuteMs, 9 * HourMs], Gen.Int[0, _zones.Length - 1], Gen.Int[0, 1439], Gen.Int[0, 1439],
        (kind, campaign, laterMs, zone, from, to) => new Step(kind, campaign, laterMs, zone, from, to));

    [Fact]
    public void Decide_RandomLives_HoldsCapsAndQuietHours()
    {
        var sends = 0L;
        _step.Array[DecisionsPerLearner].Select(Gen.Int[0, 1_000_000]).Sample(
            (steps, learner) => Interlocked.Add(ref sends, Live(steps, $"learner-{learner}")), iter: Math.Max(1, _decisions / DecisionsPerLearner));

        Assert.True(sends > 0, "Nothing was ever sent.");
    }

    private static int Live(Step[] steps, string id)
    {
        var learner = new GatedLearner(id);
        var policy = GatePolicy.Default;
        var counted = new List<long>();
        var (nowMs, noticedMs, sends) = (MondayMs, MondayMs, 0);
        foreach (var step in steps)
        {
            nowMs += step.LaterMs;
            switch (step.Kind)
            {
                case 0:
                    learner.Act(EventKind.SessionStarted, nowMs);
                    noticedMs = nowMs;
                    break;
                case 1:
                    learner.Prefer(LearnerPreferences.None with { TimeZone = _zones[step.Zone], QuietFromMinute = step.From, QuietToMinute = step.To }, nowMs);
                    break;
            }

            var campaign = CampaignBuilder.Campaign($"campaign-{step.Campaign}") with
            {
                ControlShare = 0.3,
                GraceMs = 24 * HourMs,
                Arms = [new("app", "hello", Domain.Campaigns.Channels.NudgeChannel.InApp, 1), new("later", "hello", Domain.Campaigns.Channels.NudgeChannel.Webhook, 1, 30), new("none", "", 0, 1)],
            };
            var occurrence = nowMs / (6 * HourMs);
            if (learner.Offer(campaign, $"{occurrence}", occurrence * 6 * HourMs, nowMs) is not { Verdict: NudgeVerdict.Sent or NudgeVerdict.WouldSend } decision)
            {
                continue;
            }

            counted.Add(nowMs);
            Assert.True(counted.Count(ms => ms > nowMs - DayMs) <= policy.PerDayMax, "More than once in 24 h.");
            Assert.True(counted.Count(ms => ms > nowMs - (7 * DayMs)) <= policy.PerWeekMax, "More than three times in 7 days.");
            Assert.True(counted.Count(ms => ms > noticedMs) <= policy.IgnoredMax, "More than three that were ignored.");
            var preferences = learner.State.Preferences;
            var clock = preferences.TimeZone.Length > 0 ? learner.State.Clock : LearnerClock.Utc;
            Assert.False(new QuietHours(preferences.QuietFromMinute, preferences.QuietToMinute).Includes(clock, nowMs), "In quiet hours.");
            sends += decision.Verdict == NudgeVerdict.Sent ? 1 : 0;
        }

        return sends;
    }

    private sealed record Step(int Kind, int Campaign, long LaterMs, int Zone, int From, int To);
}
