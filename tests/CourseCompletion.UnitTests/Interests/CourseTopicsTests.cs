using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Interests;

public class CourseTopicsTests
{
    private static readonly Gen<CourseDefinition> _course = Gen.Select(
        Gen.String[Gen.Char["ab cd机器学习的。"], 0, 20],
        Gen.String[Gen.Char["ab 数据C"], 1, 6].Array[0, 20],
        Gen.String[Gen.Char["ab cd机器学习的。"], 0, 20].Array[0, 12],
        (title, tags, lessons) => Of(title, [.. tags.Distinct()], lessons));

    [Fact]
    public void Of_EnglishCourse_SharesBetweenTagsAndKeywords()
    {
        var topics = Of("Practical machine learning", ["Machine Learning", "Python"], ["Gradient descent", "Decision trees", "Gradient boosting with trees", "Quiz 1"]).Topics;

        Assert.Equal(["descent", "machine learning", "python", "gradient"], topics.OfLesson(0).Select(topic => topic.Topic));
        Assert.Equal(0.5, topics.OfLesson(0).Where(topic => topic.Topic is "descent" or "gradient").Sum(topic => topic.Share), 1e-12);
        Assert.Equal([new("machine learning", 0.5), new("python", 0.5)], topics.OfLesson(3));
        Assert.Equal("machine learning", topics.Course[0].Topic);
    }

    [Fact]
    public void Of_ChineseCourse_FindsTheNamesInItsTitles()
    {
        var topics = Of("机器学习入门", [], ["第一讲 线性回归的原理", "第二讲 梯度下降与学习率", "第三讲 线性回归实战", "第四讲 反向传播算法"]).Topics;

        Assert.Contains("线性回归", topics.OfLesson(0).Select(topic => topic.Topic));
        Assert.Contains("线性回归", topics.OfLesson(2).Select(topic => topic.Topic));
        Assert.Contains("梯度下降", topics.OfLesson(1).Select(topic => topic.Topic));
        Assert.DoesNotContain(topics.Course, topic => topic.Topic.Contains('第', StringComparison.Ordinal) || topic.Topic == "性回");
    }

    [Fact]
    public void Of_TagInATitle_IsOneTopicWithBothShares()
    {
        var topics = Of("", ["Statistics"], ["Statistics", "Plots"]).Topics;

        Assert.Equal([new("statistics", 1)], topics.OfLesson(0));
        Assert.Equal([new("statistics", 0.75), new("plots", 0.25)], topics.Course);
    }

    [Fact]
    public void Of_NothingSaid_HasNoTopics() => Assert.Empty(Of("", [], ["", "1"]).Topics.Course);

    [Fact]
    public void Of_AnyCourse_SharesAddUpAndAreFew() => _course.Sample(course =>
    {
        var topics = course.Topics;
        for (var i = 0; i < course.Lessons.Count; i++)
        {
            AssertShares(topics.OfLesson(i), CourseTopics.TagsMax + CourseTopics.KeywordsMax);
        }

        AssertShares(topics.Course, int.MaxValue);
    });

    [Fact]
    public void Topics_OfACopyWithOtherWords_AreItsOwn()
    {
        var course = Of("", ["Algebra"], ["Groups"]);
        Assert.Equal("algebra", course.Topics.Course[0].Topic);

        Assert.Equal("logic", (course with { Tags = ["Logic"], Lessons = [] }).Topics.Course[0].Topic);
        Assert.Equal("sets", (course with { Tags = [], Lessons = [], Title = "Sets" }).Topics.Course[0].Topic);
        Assert.Equal("rings", (course with { Tags = [], Lessons = [new() { Id = "1", Title = "Rings" }] }).Topics.Course[0].Topic);
        Assert.Same(course.Topics, course.Topics);
    }

    private static void AssertShares(IReadOnlyList<TopicShare> topics, int max)
    {
        Assert.InRange(topics.Count, 0, max);
        Assert.Equal(topics.Count, topics.Select(topic => topic.Topic).Distinct().Count());
        Assert.All(topics, topic => Assert.InRange(topic.Share, double.Epsilon, 1 + 1e-9));
        Assert.Equal(topics.Count == 0 ? 0 : 1, topics.Sum(topic => topic.Share), 1e-9);
        Assert.Equal(topics.OrderByDescending(topic => topic.Share), topics);
    }

    private static CourseDefinition Of(string title, string[] tags, string[] lessons) => new()
    {
        Course = new("course"),
        Version = 1,
        Title = title,
        Tags = tags,
        Lessons = [.. lessons.Select((lesson, i) => new LessonDefinition { Id = $"lesson-{i}", Title = lesson })],
    };
}
