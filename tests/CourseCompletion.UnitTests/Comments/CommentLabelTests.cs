using CourseCompletion.Domain.Comments;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

public class CommentLabelTests
{
    [Fact]
    public void Of_LabelOfOneQuestion_SaysNothingOfTheOthers()
    {
        var label = new CommentLabel(Confused: true);

        Assert.Equal([CommentHead.Confusion], Enum.GetValues<CommentHead>().Where(head => label.Of(head) is not null));
        Assert.True(label.Of(CommentHead.Confusion));
    }

    [Fact]
    public void Of_LabelOfAspects_SaysOfEachWhetherItIsMeant()
    {
        var label = new CommentLabel(Aspects: CommentAspectSet.Of(CommentAspect.Price, CommentAspect.Content));

        Assert.Null(label.Of(CommentHead.Sentiment));
        foreach (var aspect in Enum.GetValues<CommentAspect>())
        {
            Assert.Equal(aspect is CommentAspect.Price or CommentAspect.Content, label.Of(CommentHeads.Of(aspect)));
        }
    }

    [Fact]
    public void Likely_Aspects_AreThoseMoreLikelyThanNot()
    {
        var aspects = new CommentAspects(0.9f, 0.1f, 0.5f, 0.51f, 0, 0, 1);

        Assert.Equal(CommentAspectSet.Of(CommentAspect.Content, CommentAspect.Teacher, CommentAspect.Price), aspects.Likely());
    }
}
