using CourseCompletion.Domain.Interests;
using Xunit;

namespace CourseCompletion.UnitTests.Interests;

public class KeywordsTests
{
    private static readonly Keywords _keywords = new([["algebra", "groups"], ["algebra", "rings", "rings"], ["algebra", "fields"]]);

    [Fact]
    public void Of_Document_PutsFirstWhatTellsItApart() => Assert.Equal(["rings", "algebra"], _keywords.Of(1).Select(term => term.Key));

    [Fact]
    public void WeightOf_MoreOftenAndRarer_WeighsMoreAndNeverNothing()
    {
        Assert.True(_keywords.WeightOf("rings", 2, 3) > _keywords.WeightOf("rings", 1, 3));
        Assert.True(_keywords.WeightOf("rings", 1, 3) > _keywords.WeightOf("algebra", 1, 3));
        Assert.True(_keywords.WeightOf("algebra", 1, 3) > 0);
        Assert.Equal(3, _keywords.DocumentsWith("algebra"));
    }

    // Okapi's formula by hand: ln(1 + 2.5/1.5) x 1 x 2.2 / (1 + 1.2 x (0.25 + 0.75 x 2 / (7/3))).
    [Fact]
    public void WeightOf_ByHand_IsTheFormula() => Assert.Equal(0.9808293 * 2.2 / 2.0714286, _keywords.WeightOf("groups", 1, 2), 1e-6);
}
