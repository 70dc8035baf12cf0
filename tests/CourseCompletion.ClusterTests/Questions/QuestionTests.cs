using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Questions;
using CourseCompletion.Grains.Learners;
using Xunit;
using static CourseCompletion.ClusterTests.Questions.QuestionClass;

namespace CourseCompletion.ClusterTests.Questions;

/// <summary>Questions on two silos, from the asking to what learners are reminded of.</summary>
public sealed class QuestionTests
{
    [Fact]
    public async Task Answer_SiloKilledBetween_RemindsTheAskerOnce()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 2);
        var campaign = await CreateAsync(cluster, course, QuestionOccasions.Answered);
        var asked = await StoredAsync(cluster, () => Board(cluster, course).AskAsync(new(learners[0].Value, "r1", "lesson-1", "Why?")));

        // The answer is stored and nobody can be told: then the board's silo goes.
        cluster.Calls.Before<ILearnerNudgeGrain>(nameof(ILearnerNudgeGrain.OfferNudgeAsync), () => throw new StoreUnavailableException("Nobody can be told."));
        var answer = new AnswerQuestion(learners[1].Value, "r1", asked.Question!.Question, "Because.");
        await StoredAsync(cluster, () => Board(cluster, course).AnswerAsync(answer));
        var silo = cluster.Silos.First(silo => silo.SiloAddress == cluster.SiloOf(Board(cluster, course)));
        cluster.Calls.Clear();
        await cluster.KillAsync(silo);

        var again = await StoredAsync(cluster, () => Board(cluster, course).AnswerAsync(answer));
        Assert.Single(again.Question!.Answers);
        var decision = await DecidedAsync(cluster, campaign, learners[0]);
        Assert.Equal(($"answered:{again.Answer}", NudgeVerdict.Sent, AssignmentGroup.None), (decision.Occurrence, decision.Verdict, decision.Group));
        Assert.Equal("Because.", decision.Text);

        await cluster.DeactivateAsync(Board(cluster, course));
        await StoredAsync(cluster, () => Board(cluster, course).AnswerAsync(answer));
        await cluster.ToldAsync();
        Assert.Equal(decision.Nudge, (await DecidedAsync(cluster, campaign, learners[0])).Nudge);
        Assert.Empty(await cluster.Learner(learners[1]).ListNudgesAsync(new(campaign.Value, null, SentOnly: false, 100)));
    }

    [Fact]
    public async Task Calls_SentAgain_ChangeNothing()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 2);
        var board = Board(cluster, course);
        var (ask, asker) = (new AskQuestion(learners[0].Value, "r1", "", "Why?"), learners[0].Value);
        var question = (await board.AskAsync(ask)).Question!.Question;
        var answer = new AnswerQuestion(learners[1].Value, "r2", question, "Because.");
        var answerId = (await board.AnswerAsync(answer)).Answer;
        var up = new CastVote(asker, "r3", question, answerId, QuestionVote.Up);
        var down = new CastVote(asker, "r4", question, answerId, QuestionVote.Down);
        var accept = new AcceptAnswer(asker, "r5", question, answerId);
        await board.VoteAsync(up);
        await board.VoteAsync(down);
        var before = (await board.AcceptAsync(accept)).Question!;
        await RecordedAsync(cluster, learners, course);
        await cluster.DeactivateAsync(board);

        await board.AskAsync(ask);
        await board.AnswerAsync(answer);
        await board.VoteAsync(up);
        await board.AcceptAsync(accept);
        var after = (await board.GetAsync(question, null))!;

        Assert.Equal(before with { Answers = [] }, after with { Answers = [] });
        Assert.Equal(before.Answers, after.Answers);
        Assert.Equal((0, 1, true), (after.Answers[0].UpVotes, after.Answers[0].DownVotes, after.Answers[0].IsAccepted));
        await RecordedAsync(cluster, learners, course);
    }

    [Fact]
    public async Task Unanswered_PastTheDeadline_AsksLikelyAnswerersOnce()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 3);
        var board = Board(cluster, course);
        var first = (await board.AskAsync(new(learners[0].Value, "r1", "", "First?"))).Question!.Question;
        await board.AnswerAsync(new(learners[1].Value, "r1", first, "Yes."));
        var campaign = await CreateAsync(cluster, course, QuestionOccasions.Unanswered);
        var second = (await board.AskAsync(new(learners[0].Value, "r2", "", "Second?"))).Question!.Question;
        Assert.Empty((await board.ListAsync(new(QuestionFilter.Overdue, "", QuestionOrder.Newest, 10, null))).Questions);

        cluster.Clock.Advance(TimeSpan.FromHours(12));
        var decision = await DecidedAsync(cluster, campaign, learners[1]);
        Assert.Equal(($"likely:{second}", NudgeVerdict.Sent), (decision.Occurrence, decision.Verdict));

        var seen = (await board.WatchAsync(null, TimeSpan.Zero)).Revision;
        await cluster.DeactivateAsync(board);
        cluster.Clock.Advance(TimeSpan.FromHours(12));
        var told = await cluster.EventuallyAsync(
            "the course team to be told", async () => (await board.WatchAsync(seen, TimeSpan.FromMilliseconds(50))).Questions, changes => changes.Length > 0);
        Assert.Equal((second, true), (Assert.Single(told).Question, told[0].IsOverdue));
        var overdue = await cluster.EventuallyAsync(
            "the question to be overdue", async () => (await board.ListAsync(new(QuestionFilter.Overdue, "", QuestionOrder.Newest, 10, null))).Questions, found => found.Length > 0);
        Assert.Equal(second, Assert.Single(overdue).Question);
        Assert.Equal(decision.Nudge, (await DecidedAsync(cluster, campaign, learners[1])).Nudge);
        Assert.Empty(await cluster.Learner(learners[2]).ListNudgesAsync(new(campaign.Value, null, SentOnly: false, 100)));
    }

    [Fact]
    public async Task Unanswered_OfOneLesson_IsOneClusterOnOneSide()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 3);
        var board = Board(cluster, course);
        var first = (await board.AskAsync(new(learners[0].Value, "r1", "", "First?"))).Question!.Question;
        await board.AnswerAsync(new(learners[1].Value, "r1", first, "Yes."));
        await board.AnswerAsync(new(learners[2].Value, "r1", first, "No."));
        var campaign = await CreateAsync(cluster, course, QuestionOccasions.Unanswered, controlShare: 0.5);
        var byLearner = CampaignOf(course, QuestionOccasions.Unanswered, 0.5) with { Unit = AssignmentUnit.Learner };
        Assert.Equal("campaign.assignment_unit", Assert.Single((await cluster.Campaign(campaign).UpsertAsync(byLearner, 1)).Faults).Field);
        await board.AskAsync(new(learners[0].Value, "r2", "lesson-1", "Second?"));

        cluster.Clock.Advance(TimeSpan.FromHours(12));
        var group = (await DecidedAsync(cluster, campaign, learners[1])).Group;
        Assert.Equal(group, (await DecidedAsync(cluster, campaign, learners[2])).Group);
        cluster.Clock.Advance(TimeSpan.FromDays(8));

        var report = await cluster.EventuallyAsync(
            "both outcomes to be final",
            async () => (await cluster.Campaign(campaign).GetReportAsync())!.Effects[0],
            effect => effect.TreatmentLearners + effect.ControlLearners == 2);
        Assert.Equal(group == AssignmentGroup.Treatment ? (1, 0) : (0, 1), (report.TreatmentClusters, report.ControlClusters));
    }

    [Fact]
    public async Task Read_WhileTheReminderIsPutOff_ClosesIt()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 2);
        var minute = (int)(cluster.NowMs / 60_000 % 1440);
        var quiet = LearnerPreferences.None with { TimeZone = "Etc/UTC", QuietFromMinute = minute, QuietToMinute = (minute + 60) % 1440 };
        Assert.Empty((await cluster.Learner(learners[0]).SetPreferencesAsync(quiet)).Faults);
        var campaign = await CreateAsync(cluster, course, QuestionOccasions.All);
        var board = Board(cluster, course);
        var question = (await board.AskAsync(new(learners[0].Value, "r1", "", "Why?"))).Question!.Question;
        await board.AnswerAsync(new(learners[1].Value, "r1", question, "Because."));
        Assert.Equal(NudgeVerdict.Deferred, (await DecidedAsync(cluster, campaign, learners[0])).Verdict);

        Assert.NotNull(await board.GetAsync(question, learners[0].Value));

        var closed = await cluster.EventuallyAsync("the reminder to be closed", () => DecidedAsync(cluster, campaign, learners[0]), decision => decision.Verdict != NudgeVerdict.Deferred);
        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.AlreadyDone), (closed.Verdict, closed.Reason));
    }

    [Fact]
    public async Task Watch_QuestionAskedAndAnswered_TellsItAsItIs()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), Settings);
        var (course, learners) = await EnrolAsync(cluster, 2);
        var board = Board(cluster, course);
        var start = await board.WatchAsync(null, TimeSpan.Zero);
        Assert.Empty(start.Questions);

        var question = (await board.AskAsync(new(learners[0].Value, "r1", "", "Why?"))).Question!.Question;
        await board.AnswerAsync(new(learners[1].Value, "r1", question, "Because."));
        var changes = await board.WatchAsync(start.Revision, TimeSpan.Zero);
        await cluster.DeactivateAsync(board);

        Assert.Equal((question, 1), (Assert.Single(changes.Questions).Question, changes.Questions[0].AnswerCount));
        Assert.Empty((await board.WatchAsync(changes.Revision, TimeSpan.Zero)).Questions);
    }

    private static Task<QuestionOutcome> StoredAsync(EngineCluster cluster, Func<ValueTask<QuestionOutcome>> callAsync) =>
        cluster.EventuallyAsync("the request to be stored", () => callAsync().AsTask(), outcome => outcome.Question is not null);

    // Who asks has asked one question, who answers answered one, whatever was sent again.
    private static Task RecordedAsync(EngineCluster cluster, LearnerId[] learners, CourseId course) => cluster.EventuallyAsync("the events to be recorded", async () =>
    {
        var asker = (await cluster.Learner(learners[0]).GetEnrolmentAsync(course, null)).Value!;
        var answerer = (await cluster.Learner(learners[1]).GetEnrolmentAsync(course, null)).Value!;
        return (asker.KindCounts[(int)EventKind.QuestionAsked], asker.KindCounts[(int)EventKind.AnswerAccepted], answerer.KindCounts[(int)EventKind.QuestionAnswered]) == (1, 1, 1);
    });
}
