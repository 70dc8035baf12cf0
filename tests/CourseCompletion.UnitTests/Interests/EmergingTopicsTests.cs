using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Interests;

public class EmergingTopicsTests
{
    private const long NowMs = MondayMs + (60 * DayMs);
    private const long RecentFromMs = NowMs - (7 * DayMs);

    private static readonly string[] _usual =
    [
        "讲得很清楚", "作业有点难", "the quizzes are fair", "声音太小", "nice examples", "进度太快了", "subtitles have typos", "喜欢老师的例子", "the slides help", "希望多一点练习",
    ];

    private static readonly string[] _burst = ["验证码一直收不到", "登录收不到验证码", "手机验证码怎么没有来", "又是验证码问题", "验证码错误", "今天也收不到验证码"];

    [Fact]
    public void Find_BurstOfAWord_FindsItOnceWithItsComments()
    {
        var comments = Class(_usual, 80, RecentFromMs - (30 * DayMs)).Concat(Class(_usual, 30, RecentFromMs)).Concat(Class(_burst, 12, RecentFromMs + DayMs)).ToArray();

        var topic = Assert.Single(Find(comments));

        Assert.Equal(("验证码", 12, 0), (topic.Term, topic.Recent, topic.Earlier));
        Assert.InRange(topic.PValue, 0, 1e-4);
        Assert.Equal(EmergingPolicy.Default.ExamplesMax, topic.Examples.Count);
        Assert.All(topic.Examples, comment => Assert.Contains("验证码", comment.Excerpt, StringComparison.Ordinal));
    }

    [Fact]
    public void Find_OtherOrder_FindsTheSame()
    {
        var comments = Class(_usual, 40, RecentFromMs - DayMs).Concat(Class(_usual, 20, RecentFromMs)).Concat(Class(_burst, 9, RecentFromMs)).ToArray();
        var expected = string.Join(';', Find(comments).Select(Text));

        Assert.NotEmpty(expected);
        Gen.Shuffle(comments).Sample(shuffled => Assert.Equal(expected, string.Join(';', Find(shuffled).Select(Text))), iter: 10);
    }

    // At most one class in ten may show anything; some rather than none, since a class is small and tests are discrete.
    [Fact]
    public void Find_NothingNew_HardlyEverFindsAnything()
    {
        var random = new Random(7);
        var found = Enumerable.Range(0, 200).Count(_ => Find([.. Enumerable.Range(0, 120).Select(i => Comment(i, _usual[random.Next(_usual.Length)], NowMs - random.NextInt64(28 * DayMs)))]).Count > 0);

        Assert.InRange(found, 0, 20);
    }

    [Theory]
    [InlineData(3, 50)]
    [InlineData(12, 0)]
    public void Find_TooFewLearnersOrNoHistory_FindsNothing(int recent, int earlier) =>
        Assert.Empty(Find([.. Class(_burst, recent, RecentFromMs), .. Class(_usual, earlier, RecentFromMs - DayMs)]));

    [Fact]
    public void Sample_OfSamples_IsTheSampleOfAll()
    {
        var comments = Class(_usual, 300, RecentFromMs - (2 * DayMs)).Concat(Class(_burst, 200, RecentFromMs)).ToArray();
        var halves = comments.GroupBy(comment => comment.Learner.Value[^1] % 2).SelectMany(half => EmergingTopics.Sample(half, RecentFromMs, 40));

        var sample = EmergingTopics.Sample(comments, RecentFromMs, 40).ToHashSet();

        Assert.Equal((40, 40), (sample.Count(comment => comment.AtMs >= RecentFromMs), sample.Count(comment => comment.AtMs < RecentFromMs)));
        Assert.True(sample.SetEquals(EmergingTopics.Sample(halves, RecentFromMs, 40)));
    }

    private static IReadOnlyList<EmergingTopic> Find(IReadOnlyList<WrittenComment> comments) => EmergingTopics.Find(comments, [], RecentFromMs, EmergingPolicy.Default);

    private static string Text(EmergingTopic topic) => $"{topic.Term} {topic.Recent} {topic.Earlier} {topic.PValue:R} {string.Join(',', topic.Examples)}";

    private static IEnumerable<WrittenComment> Class(string[] texts, int count, long fromMs) => Enumerable.Range(0, count).Select(i => Comment(i, texts[i % texts.Length], fromMs + i, $"{texts.Length}-{fromMs}-"));

    private static WrittenComment Comment(int i, string text, long atMs, string prefix = "") => new(new LearnerId($"{prefix}{i}"), atMs, text, "");
}
