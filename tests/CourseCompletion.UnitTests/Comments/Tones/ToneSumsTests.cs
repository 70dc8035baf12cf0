using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Tones;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Stores;
using Xunit;

namespace CourseCompletion.UnitTests.Comments.Tones;

public class ToneSumsTests
{
    private static readonly RosterRow _angry = Row(10, CommentAspect.Pace, EnrolmentStatus.Withdrawn, 2_000, 3_000);
    private static readonly RosterRow _happy = Row(90, CommentAspect.Pace, EnrolmentStatus.Active, 5_000, 10_000);

    [Fact]
    public void Add_WhoSoundsDiscontent_CountsThere()
    {
        var tones = RosterGen.Summed([_angry, _happy, Row(50, CommentAspect.Teacher, EnrolmentStatus.Active, null, null)]).Tones;

        var discontent = tones.Of(CommentTone.Discontent);
        Assert.Equal((1, 1, 2.0, new NetPromoter(0, 0, 1)), (discontent.Learners, discontent.Withdrawn, discontent.Ratings.Mean, discontent.Recommend));
        Assert.Equal((1, 0, 5.0), (tones.Of(CommentTone.Content).Learners, tones.Of(CommentTone.Content).Withdrawn, tones.Of(CommentTone.Content).Ratings.Mean));
        Assert.Equal((1, 0), (tones.Of(CommentTone.Mixed).Learners, tones.Of(CommentTone.Mixed).Ratings.Learners));
        Assert.Equal((1, 0, 1), (Learners(tones, CommentAspect.Pace, CommentTone.Discontent), Learners(tones, CommentAspect.Price, CommentTone.Discontent), Learners(tones, CommentAspect.Teacher, CommentTone.Mixed)));
    }

    // Who leaves with a kind word may have complained before.
    [Fact]
    public void Add_AReasonForWithdrawing_CountsByItsOwnTone()
    {
        var reason = new LatestComment(new(1, 1), "found a job, thanks", "", null, new(CommentLanguage.English, 95, 0, 0, 0, CommentAspectSet.Of(CommentAspect.Content)));
        var tones = RosterGen.Summed([_angry with { Comments = _angry.Comments! with { Reason = reason } }]).Tones;

        Assert.Equal((0, 1), (tones.Of(CommentTone.Content).Learners, tones.Of(CommentTone.Content).Reasons));
        Assert.Equal((1, 0), (tones.Of(CommentTone.Discontent).Learners, tones.Of(CommentTone.Discontent).Reasons));
        Assert.Equal(1, tones.Of(CommentAspect.Content, CommentTone.Content).Reasons);
    }

    [Fact]
    public void Add_WhoWroteNothing_CountsNowhere() => RosterGen.AssertSame(
        new RosterSums(), RosterGen.Summed([GoldenValues.Row with { Status = EnrolmentStatus.Prospect, Counts = default, Lessons = [], Comments = null }]));

    [Theory]
    [InlineData(0.39, CommentTone.Discontent)]
    [InlineData(0.4, CommentTone.Mixed)]
    [InlineData(0.6, CommentTone.Mixed)]
    [InlineData(0.61, CommentTone.Content)]
    public void Of_AContentment_HasItsTone(double positive, CommentTone expected) => Assert.Equal(expected, CommentTones.Of(positive));

    private static long Learners(ToneSums tones, CommentAspect aspect, CommentTone tone) => tones.Of(aspect, tone).Learners;

    private static RosterRow Row(int positivePercent, CommentAspect aspect, EnrolmentStatus status, int? stars, int? recommend)
    {
        var counts = new CommentCounts(1, positivePercent, 0, 0, 0);
        var aspects = new CommentCounts[CommentAspectSet.AspectCount];
        aspects[(int)aspect] = counts;
        return GoldenValues.Row with
        {
            Status = status,
            Lessons = [],
            Comments = new(counts, aspects, [], null, null),
            Ratings = stars is null ? null : new(stars, recommend, []),
        };
    }
}
