using CourseCompletion.Gateway.Questions;
using CourseCompletion.Grains.Abstractions.Questions;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway.Questions;

public sealed class QuestionPageTokenTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void After_ThenRead_IsWhereThePageEnded()
    {
        var last = new QuestionView
        {
            Question = Id,
            Asker = "ana",
            Lesson = "",
            Text = "Why?",
            AskedAtMs = 5,
            ChangedAtMs = 6,
            UpVotes = 1,
            DownVotes = 3,
            AnswerCount = 0,
            AcceptedAnswer = "",
            IsAnswered = false,
            IsOverdue = false,
            Answers = [],
        };

        Assert.True(QuestionPageToken.TryRead(QuestionPageToken.After(last), out var cursor));
        Assert.Equal(new QuestionCursor(-2, 5, Id), cursor);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("not a token", false)]
    [InlineData("MQo1Cm5vLWlk", false)]
    public void TryRead_AnythingElse_IsRefused(string token, bool isOne)
    {
        Assert.Equal(isOne, QuestionPageToken.TryRead(token, out var cursor));
        Assert.Null(cursor);
    }
}
