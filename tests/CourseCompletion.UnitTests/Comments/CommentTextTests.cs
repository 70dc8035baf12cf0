using CourseCompletion.Prediction.Comments;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

public class CommentTextTests
{
    [Theory]
    [InlineData("ＡＢＣ１２３！", "abc123!")]
    [InlineData("很好，推荐。", "很好,推荐.")]
    [InlineData("“不错”……", "\"不错\"..")]
    [InlineData("Soooooo GOOD!!!!!!", "sooo good!!!")]
    [InlineData("  two \t\n blanks　here ", "two blanks here")]
    [InlineData("\uFEFF好\u200B好", "好好")]
    [InlineData("👍👍", "👍👍")]
    [InlineData(" ", "")]
    public void Normalise_SpellingsOfTheSame_AreOne(string text, string expected) => Assert.Equal(expected, CommentText.Normalise(text));

    [Fact]
    public void Normalise_LongerThanTheCap_IsReadUpToThere() => Assert.Equal(CommentText.CharsMax, CommentText.Normalise(string.Concat(Enumerable.Repeat("ab", 5_000))).Length);
}
