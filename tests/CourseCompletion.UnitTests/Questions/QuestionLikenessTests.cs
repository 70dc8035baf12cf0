using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Questions;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;
using static CourseCompletion.UnitTests.Questions.QuestionBuilder;

namespace CourseCompletion.UnitTests.Questions;

public sealed class QuestionLikenessTests
{
    private static readonly string[] _others =
    [
        "What is the deadline of the essay?", "What is a prime number?", "Why is my quiz not graded?", "How do I upload the homework?", "What is the square root of two?", "几号考试",
    ];

    [Theory]
    [InlineData("Why is zero an even number?", "Is zero even, and why?", true)]
    [InlineData("Why is zero an even number?", "ZERO - EVEN?", true)]
    [InlineData("What is the limit of a series?", "What is the name of the teacher?", false)]
    [InlineData("为什么零是偶数", "零是不是偶数", true)]
    [InlineData("为什么零是偶数", "作业怎么交", false)]
    [InlineData("?", "!", false)]
    public void SimilarTo_TwoQuestionsAmongOthers_IsWhatAReaderSays(string text, string other, bool similar)
    {
        var (left, right) = (Asked("left", text: text), Asked("right", text: other));
        var likeness = new QuestionLikeness([left, right, .. _others.Select((unlike, i) => Asked($"other-{i}", text: unlike))]);

        Assert.Equal(similar, likeness.SimilarTo(left, Policy.SimilarMin).Contains(right.Id));
        Assert.Equal(similar, likeness.SimilarTo(right, Policy.SimilarMin).Contains(left.Id));
    }

    [Fact]
    public void SimilarTo_AnyTexts_IsMutualAndNeverItself() => Gen.String[Gen.Char["ab 零偶数"], 1, 12].Array[1, 12].Sample(texts =>
    {
        var questions = texts.Select((text, i) => Asked($"r{i}", text: text)).ToList();
        var likeness = new QuestionLikeness(questions);
        var similar = questions.ToDictionary(question => question.Id, question => likeness.SimilarTo(question, Policy.SimilarMin).ToHashSet());

        Assert.All(similar, one => Assert.DoesNotContain(one.Key, one.Value));
        Assert.All(similar, one => Assert.All(one.Value, other => Assert.Contains(one.Key, similar[other])));
    });

    [Fact]
    public void Of_Session_RemindsWhoHasAnOpenOrASimilarQuestion()
    {
        var open = Asked("r1", MondayMs, "Why is zero an even number?", "open");
        var older = Asked("r2", MondayMs - HourMs, "Is a prime number odd?", "open");
        var similar = Asked("r3", MondayMs, "Is zero even, and why?", "similar").Answer(Ben, MondayMs);
        var answered = Asked("r4", MondayMs, "How do I upload the homework?", "answered").Answer(Ben, MondayMs);
        var own = Asked("r5", MondayMs + HourMs, "When does the course end?", "open").Answer(Ben, MondayMs + HourMs);

        var audience = SessionAudience.Of(new("algebra"), [older, similar, answered, own, open], Policy);

        Assert.Equal(["open", "similar"], audience.Select(asker => asker.Learner.Value).Order(StringComparer.Ordinal));
        Assert.All(audience, asker => Assert.Equal(AssignmentCluster.OfQuestion(new("algebra"), "lesson-1", open.Id), asker.Cluster));
        Assert.Empty(SessionAudience.Of(new("algebra"), [similar, answered], Policy));
    }
}
