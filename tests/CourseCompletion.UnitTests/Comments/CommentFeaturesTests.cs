using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

public class CommentFeaturesTests
{
    [Theory]
    [InlineData("这里没听懂，能再讲吗", "听懂")]
    [InlineData("这里没听懂，能再讲吗", "没听懂,")]
    [InlineData("app很卡", "app")]
    public void Find_Chinese_HasThePhrasesOfTheText(string text, string phrase) => Assert.Contains(CommentFeatures.OfPhrase(phrase, CommentLanguage.Chinese), Of(text, CommentLanguage.Chinese));

    [Theory]
    [InlineData("i don't understand this", "don't understand this")]
    [InlineData("i don't understand this", "understand")]
    [InlineData("good, but slow", "good ,")]
    public void Find_English_HasThePhrasesOfTheText(string text, string phrase) => Assert.Contains(CommentFeatures.OfPhrase(phrase, CommentLanguage.English), Of(text, CommentLanguage.English));

    [Fact]
    public void Find_EnglishPhraseAcrossAWordsEdge_IsNotThere() => Assert.DoesNotContain(CommentFeatures.OfPhrase("he", CommentLanguage.English), Of("the theme", CommentLanguage.English));

    [Fact]
    public void Find_Negation_MarksTheWordsOfItsClause()
    {
        var plain = Of("it is good", CommentLanguage.English);
        var negated = Of("it is not good", CommentLanguage.English);
        var ended = Of("it is not, good", CommentLanguage.English);

        var mark = negated.Except(plain).Intersect(Of("never good", CommentLanguage.English)).ToList();
        Assert.Single(mark);
        Assert.DoesNotContain(mark[0], ended);
    }

    [Theory]
    [InlineData("")]
    [InlineData("好")]
    [InlineData("a")]
    [InlineData("!!! ??? ...")]
    public void Find_ShortestTexts_FitTheRoom(string text)
    {
        foreach (var language in Enum.GetValues<CommentLanguage>())
        {
            var features = Of(text, language);
            Assert.Equal(features.Length, features.Distinct().Count());
        }
    }

    [Fact]
    public void Find_LongestTexts_FitTheRoom()
    {
        foreach (var letters in new[] { "ab", "a b.", "a.", "abcdefghijklmnopqrstuvwxyz0123456789", "长文" })
        {
            var text = string.Concat(Enumerable.Range(0, CommentText.CharsMax).Select(i => (char)(letters[i % letters.Length] == ' ' ? ' ' : letters[i % letters.Length] + (i / letters.Length % 3))));
            foreach (var language in Enum.GetValues<CommentLanguage>())
            {
                Assert.NotEmpty(Of(text[..CommentText.CharsMax], language));
            }
        }
    }

    [Fact]
    public void OfPhrase_TooLong_Throws()
    {
        Assert.Throws<ArgumentException>(() => CommentFeatures.OfPhrase("五个字太长", CommentLanguage.Chinese));
        Assert.Throws<ArgumentException>(() => CommentFeatures.OfPhrase("one two three four", CommentLanguage.English));
    }

    private static uint[] Of(string text, CommentLanguage language)
    {
        var features = new FeatureSet();
        CommentFeatures.Find(CommentFeatures.Start + CommentText.Normalise(text) + CommentFeatures.End, language, features);
        return features.Features.ToArray();
    }
}
