using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Learners;
using Xunit;
using static CourseCompletion.ClusterTests.Questions.QuestionClass;

namespace CourseCompletion.ClusterTests.Questions;

/// <summary>Live sessions on two silos and a fake clock: who is reminded, when, and what becomes of it when a session is moved or cancelled.</summary>
public sealed class SessionTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public async Task Session_AheadByItsLead_RemindsWhoHasAnOpenOrSimilarQuestionOnce()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 3);
        var campaign = await CreateAsync(cluster, course, QuestionOccasions.Session);
        var board = Board(cluster, course);
        await board.AskAsync(new(learners[0].Value, "r1", "", "Why is zero an even number?"));
        var similar = (await board.AskAsync(new(learners[1].Value, "r1", "", "Is zero even, and why?"))).Question!.Question;
        var other = (await board.AskAsync(new(learners[2].Value, "r1", "", "How do I upload the homework?"))).Question!.Question;
        await board.AnswerAsync(new(learners[2].Value, "r2", similar, "It is."));
        await board.AnswerAsync(new(learners[1].Value, "r2", other, "With the button."));
        var startsAtMs = cluster.NowMs + (4 * HourMs);
        Assert.Null((await board.ScheduleSessionAsync(new("live", "Ask me", startsAtMs, "https://meet.example/algebra", 2 * HourMs))).Fault);

        cluster.Clock.Advance(TimeSpan.FromHours(2));

        var decision = await DecidedAsync(cluster, campaign, learners[0]);
        Assert.Equal((NudgeVerdict.Sent, startsAtMs - (2 * HourMs)), (decision.Verdict, decision.DueAtMs));
        Assert.StartsWith("session:live@", decision.Occurrence, StringComparison.Ordinal);
        Assert.Equal("Ask me", decision.Subject);
        Assert.EndsWith("https://meet.example/algebra", decision.Text, StringComparison.Ordinal);
        Assert.Equal(NudgeVerdict.Sent, (await DecidedAsync(cluster, campaign, learners[1])).Verdict);

        await cluster.DeactivateAsync(board);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("live", Assert.Single(await board.ListSessionsAsync()).Session);
        Assert.Equal(decision.Nudge, (await DecidedAsync(cluster, campaign, learners[0])).Nudge);
        Assert.Empty(await cluster.Learner(learners[2]).ListNudgesAsync(new(campaign.Value, null, SentOnly: false, 100)));
    }

    // Who is in quiet hours would hear of it only after they are over: then it is cancelled, or at another hour.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_CancelledOrMovedWhileAReminderIsPutOff_ClosesIt(bool isMoved)
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 1);
        var campaign = await CreateAsync(cluster, course, QuestionOccasions.Session);
        var board = Board(cluster, course);
        await board.AskAsync(new(learners[0].Value, "r1", "", "Why?"));
        var minute = (int)(cluster.NowMs / 60_000 % 1440);
        var quiet = LearnerPreferences.None with { TimeZone = "Etc/UTC", QuietFromMinute = minute, QuietToMinute = (minute + 120) % 1440 };
        Assert.Empty((await cluster.Learner(learners[0]).SetPreferencesAsync(quiet)).Faults);
        var startsAtMs = cluster.NowMs + (6 * HourMs);
        await board.ScheduleSessionAsync(new("live", "Ask me", startsAtMs, LeadMs: 5 * HourMs));
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(NudgeVerdict.Deferred, (await DecidedAsync(cluster, campaign, learners[0])).Verdict);

        if (isMoved)
        {
            await board.ScheduleSessionAsync(new("live", "Ask me", startsAtMs + (24 * HourMs)));
        }
        else
        {
            Assert.True(await board.CancelSessionAsync("live"));
            Assert.False(await board.CancelSessionAsync("live"));
        }

        var closed = await cluster.EventuallyAsync("the reminder to be closed", () => DecidedAsync(cluster, campaign, learners[0]), decision => decision.Verdict != NudgeVerdict.Deferred);
        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.AlreadyDone), (closed.Verdict, closed.Reason));
        Assert.Equal(isMoved ? 1 : 0, (await board.ListSessionsAsync()).Length);
    }

    [Fact]
    public async Task Session_Moved_RemindsOfTheNewHour()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 1);
        var campaign = await CreateAsync(cluster, course, QuestionOccasions.Session);
        var board = Board(cluster, course);
        await board.AskAsync(new(learners[0].Value, "r1", "", "Why?"));
        var startsAtMs = cluster.NowMs + (2 * HourMs);
        await board.ScheduleSessionAsync(new("live", "Ask me", startsAtMs));
        await board.ScheduleSessionAsync(new("live", "Ask me", startsAtMs + (3 * HourMs)));

        cluster.Clock.Advance(TimeSpan.FromHours(4));

        var decision = await DecidedAsync(cluster, campaign, learners[0]);
        Assert.Equal((NudgeVerdict.Sent, startsAtMs + (2 * HourMs)), (decision.Verdict, decision.DueAtMs));
    }

    // The learners are chosen and stored before the first is told.
    [Fact]
    public async Task Session_SiloKilledWhileReminding_RemindsOnce()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 1);
        var campaign = await CreateAsync(cluster, course, QuestionOccasions.Session);
        var board = Board(cluster, course);
        await board.AskAsync(new(learners[0].Value, "r1", "", "Why?"));
        await board.ScheduleSessionAsync(new("live", "Ask me", cluster.NowMs + (2 * HourMs)));
        var refused = new TaskCompletionSource();
        cluster.Calls.Before<ILearnerNudgeGrain>(nameof(ILearnerNudgeGrain.OfferNudgeAsync), () =>
        {
            refused.TrySetResult();
            throw new StoreUnavailableException("Nobody can be told.");
        });
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await refused.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var silo = cluster.Silos.First(silo => silo.SiloAddress == cluster.SiloOf(board));
        cluster.Calls.Clear();
        await cluster.KillAsync(silo);

        await cluster.EventuallyAsync("the board to be there again", () => board.ListSessionsAsync().AsTask(), sessions => sessions.Length == 1);
        Assert.Equal(NudgeVerdict.Sent, (await DecidedAsync(cluster, campaign, learners[0])).Verdict);
    }
}
