using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Questions;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;
using static CourseCompletion.UnitTests.Questions.QuestionBuilder;

namespace CourseCompletion.UnitTests.Questions;

public sealed class BoardRulesTests
{
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
    public void Schedule_Moved_IsAnotherOccurrenceAndRemindsAgain()
    {
        var (session, moved) = (new QuestionSession("live", "Ask me", MondayMs + DayMs, 0), new QuestionSession("live", "Ask me", MondayMs + (2 * DayMs), 0));
        var board = BoardRules.Schedule(BoardState.Empty, session, MondayMs, Policy).Board!;
        Assert.Same(board, BoardRules.Schedule(board, session, MondayMs, Policy).Board);
        Assert.Null(BoardRules.DueSession(board, MondayMs + DayMs - HourMs - 1, Policy));
        Assert.Equal(session, BoardRules.DueSession(board, MondayMs + DayMs - HourMs, Policy));
        board = BoardRules.Remind(board, session, MondayMs + DayMs - HourMs);
        Assert.Null(BoardRules.DueSession(board, MondayMs + DayMs - HourMs, Policy));

        board = BoardRules.Schedule(board, moved, MondayMs + DayMs - HourMs, Policy).Board!;

        Assert.Equal(moved, BoardRules.DueSession(board, MondayMs + (2 * DayMs) - HourMs, Policy));
        Assert.NotEqual(session.Occurrence, moved.Occurrence);
        Assert.Equal("starts_at", BoardRules.Schedule(board, session, MondayMs + (3 * DayMs), Policy).Fault!.Field);
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
        ];

        Assert.Equal([Ben, new("one"), new("finished")], LikelyAnswerers.Choose(Asked(), known, nowMs, Policy));
        Assert.Equal([Ben], LikelyAnswerers.Choose(Asked(), known, nowMs, Policy with { LikelyMax = 1 }));
    }

    [Fact]
    public void Of_AnsweredQuestions_CountsEachAnswererOnce()
    {
        var accepted = QuestionRules.Accept(Answered(), Ana, "a1", Answered().Answers[0].Id, MondayMs, Policy).State!;

        Assert.Equal(new LikelyAnswerer(Ben, 2, 1, false, MondayMs + (2 * HourMs)), Assert.Single(LikelyAnswerers.Of([accepted, Asked("r2").Answer(Ben, MondayMs + (2 * HourMs))])));
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
        while (new QuestionSelection(QuestionFilter.Open, "lesson-1", order, after, 1).From(questions, MondayMs, Policy) is [var next])
        {
            seen.Add(next.Id);
            after = QuestionPosition.Of(next);
        }

        Assert.Equal(expected.Split(' ').Select(request => QuestionIds.OfQuestion(Ana, request)), seen);
    }

    [Fact]
    public void Of_LongText_CutsNoCharacterInTwo()
    {
        Assert.Equal("short", QuestionExcerpt.Of("short"));
        Assert.Equal(new string('x', 158) + "…", QuestionExcerpt.Of(new string('x', 158) + "😀" + new string('y', 10)));
    }

    private static QuestionListener Word(long version, QuestionOccasions occasions, string campaign = "answers") => new(new(campaign), version, occasions);

    private static QuestionState Told(string requestId, long changedAtMs) =>
        Asked(requestId).Answer(Ben, MondayMs) with { Pending = [], ChangedAtMs = changedAtMs };
}
