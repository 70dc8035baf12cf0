using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;
using static CourseCompletion.UnitTests.Questions.QuestionBuilder;

namespace CourseCompletion.UnitTests.Questions;

public sealed class BoardRulesTests
{
    private static readonly QuestionSession _session = new() { Id = "live", Title = "Ask me", StartsAtMs = MondayMs + DayMs };

    [Fact]
    public void Listen_OlderWord_ChangesNothing()
    {
        var board = BoardRules.Listen(BoardState.Empty, Word(2, QuestionOccasions.None), Policy);

        Assert.Same(board, BoardRules.Listen(board, Word(1, QuestionOccasions.All), Policy));
        Assert.Empty(board.CampaignsFor(QuestionOccasions.Answered));
        Assert.Single(BoardRules.Listen(board, Word(3, QuestionOccasions.Answered), Policy).CampaignsFor(QuestionOccasions.Answered));
    }

    [Fact]
    public void Listen_OneTooMany_TakesThePlaceOfOneThatDoesNotRun()
    {
        var policy = Policy with { ListenersMax = 2 };
        var board = BoardRules.Listen(BoardState.Empty, Word(1, QuestionOccasions.None, "off"), policy);
        board = BoardRules.Listen(board, Word(1, QuestionOccasions.All, "first"), policy);
        board = BoardRules.Listen(board, Word(1, QuestionOccasions.All, "second"), policy);

        Assert.Equal([new CampaignId("first"), new("second")], board.CampaignsFor(QuestionOccasions.Session));
        Assert.Same(board, BoardRules.Listen(board, Word(1, QuestionOccasions.All, "third"), policy));
    }

    [Fact]
    public void Schedule_TheSameAgain_ChangesNothing()
    {
        var board = Scheduled(_session);

        Assert.Same(board, BoardRules.Schedule(board, _session with { }, MondayMs, Policy).Board);
        Assert.Empty(BoardRules.DueSessions(board, _session.RemindsAtMs - 1));
        Assert.Equal([_session], BoardRules.DueSessions(board, _session.RemindsAtMs));
        Assert.Empty(BoardRules.DueSessions(board, _session.StartsAtMs));
    }

    [Fact]
    public void Schedule_OtherTitleOfARemindedSession_RemindsNobodyAgain()
    {
        var board = BoardRules.Schedule(Reminded(), _session with { Title = "Ask us" }, MondayMs, Policy).Board!;

        Assert.Equal(("Ask us", SessionStage.Reminded, 1), (board.Sessions[0].Title, board.Sessions[0].Stage, board.Sessions[0].Reminded.Count));
        Assert.Empty(BoardRules.DueSessions(board, _session.RemindsAtMs));
    }

    [Fact]
    public void Schedule_MovedAfterItWasReminded_WithdrawsTheOldHourAndRemindsOfTheNew()
    {
        var moved = _session with { StartsAtMs = _session.StartsAtMs + DayMs };

        var board = BoardRules.Schedule(Reminded(), moved, MondayMs, Policy).Board!;

        Assert.Equal([SessionStage.Withdrawing, SessionStage.Scheduled], board.Sessions.Select(session => session.Stage));
        Assert.NotEqual(board.Sessions[0].Occurrence, board.Sessions[1].Occurrence);
        Assert.Equal([moved], BoardRules.DueSessions(board, moved.RemindsAtMs));
        Assert.Equal(moved, BoardRules.Find(board, "live"));
        Assert.Equal([moved], BoardRules.Acknowledge(board, board.Sessions.Take(1).ToHashSet(), MondayMs).Sessions);
    }

    [Fact]
    public void Schedule_MovedBeforeItWasReminded_LeavesNothingBehind() =>
        Assert.Single(BoardRules.Schedule(Scheduled(_session), _session with { StartsAtMs = _session.StartsAtMs + DayMs }, MondayMs, Policy).Board!.Sessions);

    [Fact]
    public void Cancel_Session_WithdrawsWhatWasReminded()
    {
        Assert.Empty(BoardRules.Cancel(Scheduled(_session), "live").Sessions);
        Assert.Equal(SessionStage.Withdrawing, Assert.Single(BoardRules.Cancel(Reminded(), "live").Sessions).Stage);
        Assert.Null(BoardRules.Find(BoardRules.Cancel(Reminded(), "live"), "live"));
        Assert.Same(BoardState.Empty, BoardRules.Cancel(BoardState.Empty, "live"));
    }

    // While learners were being told, the session was cancelled: what was noted is of another version.
    [Fact]
    public void Acknowledge_CancelledMeanwhile_StillWithdraws()
    {
        var reminding = BoardRules.Remind(Scheduled(_session), _session, [new(Ana, default)]);
        var cancelled = BoardRules.Cancel(reminding, "live");

        Assert.Equal(SessionStage.Withdrawing, Assert.Single(BoardRules.Acknowledge(cancelled, reminding.Sessions.ToHashSet(), MondayMs).Sessions).Stage);
        Assert.Empty(BoardRules.Acknowledge(reminding, reminding.Sessions.ToHashSet(), _session.StartsAtMs).Sessions);
    }

    [Fact]
    public void Schedule_Malformed_NamesTheField()
    {
        Assert.Equal("starts_at", FaultOf(_session with { StartsAtMs = MondayMs }));
        Assert.Equal("session_id", FaultOf(_session with { Id = new('s', 97) }));
        Assert.Equal("title", FaultOf(_session with { Title = "" }));
        Assert.Equal("link", FaultOf(_session with { Link = "javascript:alert(1)" }));
        Assert.Equal("remind_before", FaultOf(_session with { LeadMs = 59_999 }));
        Assert.Equal("remind_before", FaultOf(_session with { LeadMs = (7 * DayMs) + 1 }));
        Assert.Null(FaultOf(_session with { LeadMs = 7 * DayMs, Link = "https://meet.example/algebra" }));
        Assert.Equal(
            RejectionReason.LimitExceeded, BoardRules.Schedule(Scheduled(_session), _session with { Id = "other" }, MondayMs, Policy with { SessionsMax = 1 }).Fault!.Reason);
    }

    [Fact]
    public void MakeRoom_Full_LetsGoOfTheOldestAnswered()
    {
        var policy = Policy with { KeptMax = 3 };
        QuestionState[] questions = [Asked("r1"), Told("r2", 2), Told("r3", 1)];

        Assert.Equal([questions[2].Id], BoardRules.MakeRoom(questions, 1, 0, policy));
        Assert.Equal([questions[2].Id, questions[1].Id], BoardRules.MakeRoom(questions, 2, 0, policy));
        Assert.Null(BoardRules.MakeRoom(questions, 3, 0, policy));
        Assert.Empty(BoardRules.MakeRoom(questions, 0, 0, policy)!);
        Assert.Null(BoardRules.MakeRoom(questions, 0, policy.BoardBytesMax, policy));
    }

    [Fact]
    public void Choose_KnownLearners_TakesTheActiveByMerit()
    {
        var nowMs = MondayMs + (20 * DayMs);
        LikelyAnswerer[] known =
        [
            new(Ana, 9, 9, true, nowMs),
            new(new("gone"), 9, 9, true, MondayMs),
            new(new("finished"), 0, 0, true, nowMs),
            new(new("idle"), 0, 0, false, nowMs),
            new(new("one"), 1, 0, false, nowMs),
            new(new("one"), 0, 0, true, nowMs),
            new(Ben, 1, 1, false, nowMs),
            new(new("similar"), 1, 0, false, nowMs, 1),
        ];

        Assert.Equal([new("similar"), Ben, new("one"), new("finished")], LikelyAnswerers.Choose(Asked(), known, nowMs, Policy));
        Assert.Equal([new("similar")], LikelyAnswerers.Choose(Asked(), known, nowMs, Policy with { LikelyMax = 1 }));
    }

    [Fact]
    public void Of_AnsweredQuestions_CountsEachAnswererOnce()
    {
        var accepted = QuestionRules.Accept(Answered(), Ana, "a1", Answered().Answers[0].Id, MondayMs, Policy).State!;

        var known = Assert.Single(LikelyAnswerers.Of([accepted, Asked("r2").Answer(Ben, MondayMs + (2 * HourMs))], new HashSet<QuestionId> { accepted.Id }));

        Assert.Equal(new LikelyAnswerer(Ben, 2, 1, false, MondayMs + (2 * HourMs), 1), known);
    }

    [Theory]
    [InlineData(QuestionOrder.Newest, "r3 r2 r1")]
    [InlineData(QuestionOrder.Votes, "r1 r3 r2")]
    public void From_PagesOfOne_GiveEveryQuestionOnce(QuestionOrder order, string expected)
    {
        var voted = QuestionRules.Vote(Asked("r1", MondayMs), Ben, "v", null, QuestionVote.Up, MondayMs, Policy).State!;
        QuestionState[] questions = [Asked("r2", MondayMs + 1), voted, Asked("r3", MondayMs + 2)];
        var seen = new List<QuestionId>();
        QuestionPosition? after = null;
        while (new QuestionSelection(QuestionFilter.Open, "lesson-1", null, order, after, 1).From(questions, MondayMs, Policy) is [var next])
        {
            seen.Add(next.Id);
            after = QuestionPosition.Of(next);
        }

        Assert.Equal(expected.Split(' ').Select(request => QuestionIds.OfQuestion(Ana, request)), seen);
    }

    [Fact]
    public void From_OneAskerAndNoAcceptedAnswer_LeavesOutWhatOthersAskedAndWhatIsSettled()
    {
        var answered = Asked("r2").Answer(Ben, MondayMs);
        var accepted = QuestionRules.Accept(Answered(), Ana, "a1", Answered().Answers[0].Id, MondayMs, Policy).State!;
        QuestionState[] questions = [accepted, answered, Asked("r3", MondayMs + 1), Asked("r4", learner: "ben")];

        Assert.Equal([Asked("r3").Id, answered.Id], Of(QuestionFilter.Unaccepted, Ana));
        Assert.Equal([Asked("r3").Id], Of(QuestionFilter.Open, Ana));
        Assert.Equal([Asked("r4", learner: "ben").Id], Of(QuestionFilter.All, Ben));
        Assert.Equal(3, Of(QuestionFilter.Unaccepted, null).Length);

        QuestionId[] Of(QuestionFilter filter, LearnerId? asker) =>
            [.. new QuestionSelection(filter, "", asker, QuestionOrder.Newest, null, 10).From(questions, MondayMs, Policy).Select(question => question.Id)];
    }

    [Fact]
    public void Of_LongText_CutsNoCharacterInTwo()
    {
        Assert.Equal("short", QuestionExcerpt.Of("short"));
        Assert.Equal(new string('x', 158) + "…", QuestionExcerpt.Of(new string('x', 158) + "😀" + new string('y', 10)));
    }

    private static BoardState Scheduled(QuestionSession session) => BoardRules.Schedule(BoardState.Empty, session, MondayMs, Policy).Board!;

    private static BoardState Reminded()
    {
        var reminding = BoardRules.Remind(Scheduled(_session), _session, [new(Ana, default)]);
        return BoardRules.Acknowledge(reminding, reminding.Sessions.ToHashSet(), MondayMs);
    }

    private static string? FaultOf(QuestionSession session) => BoardRules.Schedule(BoardState.Empty, session, MondayMs, Policy).Fault?.Field;

    private static QuestionListener Word(long version, QuestionOccasions occasions, string campaign = "answers") => new(new(campaign), version, occasions);

    private static QuestionState Told(string requestId, long changedAtMs) =>
        Asked(requestId).Answer(Ben, MondayMs) with { Pending = [], ChangedAtMs = changedAtMs };
}
