using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;
using static CourseCompletion.UnitTests.Questions.QuestionBuilder;

namespace CourseCompletion.UnitTests.Questions;

/// <summary>Stored bytes of questions and boards: whatever was once written must stay readable, with the same meaning.</summary>
public sealed class QuestionCodecTests
{
    private static readonly BoardState _board = new()
    {
        Revision = 7,
        Questions = [Asked().Id, Asked("r2").Id],
        Listeners = [new(new("answers"), 3, QuestionOccasions.Answered | QuestionOccasions.Session), new(new("off"), 2, QuestionOccasions.None)],
        Sessions =
        [
            new()
            {
                Id = "live",
                Title = "Ask me",
                StartsAtMs = MondayMs,
                Link = "https://meet.example/algebra",
                LeadMs = 2 * HourMs,
                Stage = SessionStage.Withdrawing,
                Reminded = [new(Ana, new(0xF000_0000_0000_0001)), new(Ben, default)],
            },
        ],
    };

    [Fact]
    public void Question_Format1_StillMeansTheSame()
    {
        var question = Full();
        var stored = GoldenFile.Read("question.v1.bin", nameof(QuestionCodec), QuestionCodec.Encode(question));

        var read = QuestionCodec.Decode(stored);

        Assert.Equal(QuestionCodec.Encode(question), QuestionCodec.Encode(read));
        Assert.Equal(
            (question.Id, question.Asker, question.Lesson, question.Text, question.AskedAtMs, question.Accepted, question.AnswersRead, question.LikelyAtMs, question.OverdueAtMs, question.Revision),
            (read.Id, read.Asker, read.Lesson, read.Text, read.AskedAtMs, read.Accepted, read.AnswersRead, read.LikelyAtMs, read.OverdueAtMs, read.Revision));
        Assert.Equal(question.Pending, read.Pending);
        Assert.Equal(question.Requests, read.Requests);
        Assert.Equal((0, 1), (read.Answers[0].Votes.Ups, read.Answers[0].Votes.Downs));
        Assert.Equal("Because.", read.Answers[0].Text);
    }

    // Who was reminded of a session was not kept yet.
    [Fact]
    public void Board_Format1_StillMeansTheSame() => AssertSame(
        _board with { Sessions = [new() { Id = "live", Title = "Ask me", StartsAtMs = MondayMs }] }, BoardCodec.Decode(GoldenFile.Read("question-board.v1.bin")));

    [Fact]
    public void Board_Format2_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("question-board.v2.bin", nameof(BoardCodec), BoardCodec.Encode(_board));

        var read = BoardCodec.Decode(stored);

        AssertSame(_board, read);
        Assert.Equal((3L, 1L), (read.VersionOf(new("answers")), read.VersionOf(new("unknown"))));
    }

    [Fact]
    public void Decode_DamagedByte_IsNoticed()
    {
        var bytes = QuestionCodec.Encode(Full());
        bytes[20] ^= 1;

        Assert.Throws<StoreCorruptException>(() => QuestionCodec.Decode(bytes));
    }

    private static void AssertSame(BoardState expected, BoardState read)
    {
        Assert.Equal(expected.Revision, read.Revision);
        Assert.Equal(expected.Questions, read.Questions);
        Assert.Equal(expected.Listeners, read.Listeners);
        Assert.Equal(expected.Sessions.Select(session => session with { Reminded = [] }), read.Sessions.Select(session => session with { Reminded = [] }));
        Assert.Equal(expected.Sessions.SelectMany(session => session.Reminded), read.Sessions.SelectMany(session => session.Reminded));
    }

    private static QuestionState Full()
    {
        var question = Answered();
        var answer = question.Answers[0].Id;
        question = QuestionRules.Vote(question, Ana, "v1", answer, QuestionVote.Down, MondayMs, Policy).State!;
        question = QuestionRules.Vote(question, Ben, "v1", null, QuestionVote.Up, MondayMs, Policy).State!;
        question = QuestionRules.Accept(question, Ana, "a1", answer, MondayMs + HourMs, Policy).State!;
        return QuestionRules.Read(question, Ana, Told) with { LikelyAtMs = 5, OverdueAtMs = 6, Revision = 9 };
    }
}
