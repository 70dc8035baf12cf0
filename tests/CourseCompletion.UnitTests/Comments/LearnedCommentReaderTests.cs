using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Comments.Default;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

/// <summary>What the release's model reads, and how labels change it.</summary>
public class LearnedCommentReaderTests
{
    private readonly LearnedCommentReader _reader = new(DefaultCommentModel.Load());

    [Theory]
    [InlineData("老师讲得很好，通俗易懂，强烈推荐")]
    [InlineData("内容很充实，收获很大！")]
    [InlineData("I loved this course, the teacher is great")]
    [InlineData("Well structured and very helpful")]
    public void Read_Praise_IsPositive(string text) => Assert.True(Read(text).Positive > 0.6, $"{Read(text)}");

    [Theory]
    [InlineData("讲得太差了，浪费时间")]
    [InlineData("不推荐，内容枯燥，后悔买了")]
    [InlineData("This course is a terrible waste of time")]
    [InlineData("Boring and badly explained")]
    public void Read_Blame_IsNegative(string text) => Assert.True(Read(text).Positive < 0.4, $"{Read(text)}");

    [Theory]
    [InlineData("这里没听懂，为什么要除以二？", true)]
    [InlineData("完全看不懂", true)]
    [InlineData("I don't understand this step", true)]
    [InlineData("why is the second term negative? totally lost", true)]
    [InlineData("终于听懂了，谢谢老师", false)]
    [InlineData("讲得很清楚", false)]
    [InlineData("easy to follow and fun", false)]
    public void Read_Confusion_IsSeen(string text, bool expected) => Assert.Equal(expected, Read(text).Confusion > 0.5);

    [Theory]
    [InlineData("明天考试，在线等，急", true)]
    [InlineData("the assignment is due tomorrow, please help asap", true)]
    [InlineData("喜欢这门课", false)]
    [InlineData("nice examples", false)]
    public void Read_Urgency_IsSeen(string text, bool expected) => Assert.Equal(expected, Read(text).Urgency > 0.5);

    [Theory]
    [InlineData("加微信领资料，代写作业", true)]
    [InlineData("click here to earn money fast http://x.example", true)]
    [InlineData("你这个傻逼", true)]
    [InlineData("作业的答案在哪里看", false)]
    [InlineData("thank you for the lecture", false)]
    public void Read_Spam_IsSeen(string text, bool expected) => Assert.Equal(expected, Read(text).Spam > 0.5);

    [Theory]
    [InlineData("声音太小，听不清", CommentAspect.AudioVideo)]
    [InlineData("语速太快，跟不上", CommentAspect.Pace)]
    [InlineData("老师口音有点重", CommentAspect.Teacher)]
    [InlineData("期末考试的评分不公平", CommentAspect.Assessment)]
    [InlineData("app老是闪退", CommentAspect.Platform)]
    [InlineData("课程太贵了，想退款", CommentAspect.Price)]
    [InlineData("知识点的例子太少", CommentAspect.Content)]
    [InlineData("the audio is too quiet", CommentAspect.AudioVideo)]
    [InlineData("far too fast for beginners, please slow down", CommentAspect.Pace)]
    [InlineData("The instructor has a strong accent", CommentAspect.Teacher)]
    [InlineData("quiz grading is wrong", CommentAspect.Assessment)]
    [InlineData("the website crashes when I log in", CommentAspect.Platform)]
    [InlineData("too expensive, I want a refund", CommentAspect.Price)]
    [InlineData("the examples and slides are outdated", CommentAspect.Content)]
    public void Read_Aspect_IsSeen(string text, CommentAspect aspect) => Assert.True(Read(text).Aspects.Likely().Contains(aspect), $"{Read(text).Aspects}");

    [Fact]
    public void Read_NothingToSeeInIt_IsUndecided()
    {
        var reading = Read("1 + 1 = 2");

        Assert.Equal(CommentLanguage.Other, reading.Language);
        Assert.Equal(0.5f, reading.Positive);
        Assert.Equal(new(0), reading.Aspects.Likely());
    }

    [Fact]
    public void Learn_LabelThatContradicts_ChangesTheAnswerAndHoldsElsewhere()
    {
        const string Wrong = "这门课真是绝绝子，yyds";
        const string Elsewhere = "声音太小，听不清，差评";
        var (before, other) = (Read(Wrong), Read(Elsewhere));

        var adaptation = Learn(CommentAdaptation.None, Wrong, new(Positive: false));
        adaptation = Learn(adaptation, "yyds？呵呵", new(Positive: false));

        Assert.True(_reader.Read(Wrong, adaptation).Positive < Math.Min(0.4, before.Positive - 0.1));
        Assert.True(_reader.Read("老师yyds", adaptation).Positive < Read("老师yyds").Positive);
        Assert.Equal(other.Positive, _reader.Read(Elsewhere, adaptation).Positive, 0.1);
        Assert.Equal(other.Confusion, _reader.Read(Elsewhere, adaptation).Confusion);
        Assert.Equal(before, Read(Wrong));
        Assert.Equal(2, adaptation.Labels);
    }

    [Fact]
    public void Learn_EachQuestion_IsAnsweredAsLabelled()
    {
        const string Text = "第三章那个地方";
        var adaptation = CommentAdaptation.None;
        for (var i = 0; i < 3; i++)
        {
            adaptation = Learn(adaptation, Text, new(true, true, true, true, CommentAspectSet.Of(CommentAspect.Price)));
        }

        var reading = _reader.Read(Text, adaptation);
        Assert.All([reading.Positive, reading.Confusion, reading.Urgency, reading.Spam], probability => Assert.True(probability > 0.5, $"{reading}"));
        Assert.Equal(CommentAspectSet.Of(CommentAspect.Price), reading.Aspects.Likely());
    }

    [Fact]
    public void Learn_SeedThatMisleadsHere_IsCorrected()
    {
        const string Text = "系统工程的系统是什么系统";
        Assert.True(Read(Text).Aspects.Platform > 0.5);

        var adaptation = Learn(CommentAdaptation.None, Text, new(Aspects: CommentAspectSet.Of(CommentAspect.Content)));

        Assert.True(_reader.Read("系统论第一章", adaptation).Aspects.Platform < 0.5);
    }

    [Fact]
    public void Learn_TheSameLabels_GivesTheSameBytes() => Assert.Equal(Bytes(), Bytes());

    [Fact]
    public void Learn_MoreFeaturesThanTheCap_KeepsThoseThatWeighMost()
    {
        var adaptation = CommentAdaptation.None;
        for (var i = 0; i < 40; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 400).Select(j => (char)('\u4E00' + (((i * 400) + j) * 37 % 20_000))));
            adaptation = Learn(adaptation, text, new(Positive: i % 2 == 0));
        }

        Assert.Equal(CommentAdaptation.FeaturesMax, adaptation.Weights.Features.Length);
    }

    [Fact]
    public void Read_AdaptationOfOtherFeatures_CountsForNothing()
    {
        var adaptation = Learn(CommentAdaptation.None, "很好", new(Positive: false)) with { FeatureVersion = CommentFeatures.Version + 1 };

        Assert.Equal(Read("很好"), _reader.Read("很好", adaptation));
        Assert.Equal(1, Learn(adaptation, "很好", new(Positive: false)).Labels);
    }

    [Fact]
    public void Read_OnManyThreads_GivesTheSameReadings()
    {
        string[] texts = [.. CommentSamples.Chinese(100).Concat(CommentSamples.English(100)).Select(comment => comment.Text)];
        var expected = texts.Select(Read).ToArray();

        Parallel.For(0, 2_000, i => Assert.Equal(expected[i % texts.Length], Read(texts[i % texts.Length])));
    }

    [Fact]
    public void Read_Again_AllocatesNothing()
    {
        Read("老师讲得很好，通俗易懂");
        Read("The teacher explains it well");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read("老师讲得很好，通俗易懂");
        Read("The teacher explains it well");

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private CommentReading Read(string text) => _reader.Read(text, CommentAdaptation.None);

    private CommentAdaptation Learn(CommentAdaptation adaptation, string text, CommentLabel label) => _reader.Learn(adaptation, text, label);

    private byte[] Bytes() => CommentAdaptationCodec.Encode(CommentSamples.Chinese(30).Aggregate(CommentAdaptation.None, (learned, comment) => Learn(learned, comment.Text, new(comment.IsPositive, Spam: false))));
}
