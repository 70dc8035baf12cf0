using CourseCompletion.Prediction.Comments.Vader;
using Xunit;

namespace CourseCompletion.UnitTests.Comments.Vader;

public class VaderRulesTests
{
    // The examples and scores of VADER's own README and demonstration, but for the one that spells emoji out.
    [Theory]
    [InlineData("VADER is smart, handsome, and funny.", 0.8316)]
    [InlineData("VADER is smart, handsome, and funny!", 0.8439)]
    [InlineData("VADER is very smart, handsome, and funny.", 0.8545)]
    [InlineData("VADER is VERY SMART, handsome, and FUNNY.", 0.9227)]
    [InlineData("VADER is VERY SMART, handsome, and FUNNY!!!", 0.9342)]
    [InlineData("VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!", 0.9469)]
    [InlineData("VADER is not smart, handsome, nor funny.", -0.7424)]
    [InlineData("The book was good.", 0.4404)]
    [InlineData("At least it isn't a horrible book.", 0.431)]
    [InlineData("The book was only kind of good.", 0.3832)]
    [InlineData("The plot was good, but the characters are uncompelling and the dialog is not great.", -0.7042)]
    [InlineData("Today SUX!", -0.5461)]
    [InlineData("Today only kinda sux! But I'll get by, lol", 0.5249)]
    [InlineData("Make sure you :) or :D today!", 0.8633)]
    [InlineData("Not bad at all", 0.431)]
    [InlineData("Sentiment analysis has never been good.", -0.3412)]
    [InlineData("Sentiment analysis has never been this good!", 0.5672)]
    [InlineData("Most automated sentiment analysis tools are shit.", -0.5574)]
    [InlineData("With VADER, sentiment analysis is the shit!", 0.6476)]
    [InlineData("Other sentiment analysis tools can be quite bad.", -0.5849)]
    [InlineData("On the other hand, VADER is quite bad ass!", 0.8172)]
    [InlineData("Roger Dodger is one of the most compelling variations on this theme.", 0.2944)]
    [InlineData("Roger Dodger is one of the least compelling variations on this theme.", -0.1695)]
    [InlineData("Roger Dodger is at least compelling as a variation on the theme.", 0.2263)]
    [InlineData("", 0)]
    [InlineData("The lesson begins at nine.", 0)]
    public void Compound_PublishedExamples_ScoreAsPublished(string text, double score) => Assert.Equal(score, VaderRules.Compound(text), 4);

    [Fact]
    public void Compound_MoreWordsThanUsual_AreAllRead() => Assert.True(VaderRules.Compound(string.Concat(Enumerable.Repeat("lesson ", 1_000)) + "good") > 0.4);

    [Fact]
    public void Lexicon_Resource_HasThePublishedWords() => Assert.Equal(7_485, VaderLexicon.Count);
}
