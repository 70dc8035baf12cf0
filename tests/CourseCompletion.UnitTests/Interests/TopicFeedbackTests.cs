using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.UnitTests.Stores;
using Xunit;

namespace CourseCompletion.UnitTests.Interests;

public class TopicFeedbackTests
{
    private static readonly CourseDefinition _course = new()
    {
        Course = new("ml"),
        Version = 1,
        Title = "Machine learning",
        Tags = ["machine learning", "gradient descent", "机器学习"],
        Lessons = [new() { Id = "l1", Title = "Gradient descent" }, new() { Id = "l2", Title = "Decision trees" }],
    };

    [Fact]
    public void RollUp_TextsAboutTheCoursesTopics_TellsWhatTheirAuthorsThink()
    {
        var rolled = TopicFeedback.RollUp(
            _course,
            ["captcha"],
            [
                Text("I never understood gradient descent, gradient descent is hard", 20, 2_000, 3_000, confused: 90),
                Text("Gradient descent was explained well", 90, 5_000, 10_000),
                Text("the captcha again", 10),
                Text("什么都好，机器学习很有意思", 95, 4_000),
                Text("nice weather", 70),
            ],
            [Text("the captcha drove me out", 5)]);

        Assert.Equal(["captcha", "gradient descent", "机器学习"], rolled.Select(topic => topic.Topic));
        Assert.Equal((1, 1), (rolled[0].Counts.Texts, rolled[0].Reasons));
        Assert.Equal((2, 0.55, 1, 0), (rolled[1].Counts.Texts, rolled[1].Counts.MeanPositive, rolled[1].Counts.Confused, rolled[1].Reasons));
        Assert.Equal((2, 3.5, new NetPromoter(1, 0, 1)), (rolled[1].Ratings.Learners, rolled[1].Ratings.Mean, rolled[1].Recommend));
        Assert.Equal(4.0, rolled[2].Ratings.Mean);
    }

    [Fact]
    public void RollUp_ATagWithAHyphen_IsFoundHoweverItIsWritten()
    {
        var course = new CourseDefinition { Course = new("oop"), Version = 1, Tags = ["Object-oriented programming"] };
        var rolled = TopicFeedback.RollUp(course, [], [Text("object oriented programming is hard", 20), Text("object-oriented programming is fun", 90)], []);

        Assert.Equal(("object-oriented programming", 2), (rolled[0].Topic, rolled[0].Counts.Texts));
    }

    [Fact]
    public void RollUp_NothingWritten_IsEmpty() => Assert.Empty(TopicFeedback.RollUp(_course, [], [], []));

    [Fact]
    public void RollUp_ManyTopics_TellsOfTheMostWritten()
    {
        var names = Enumerable.Range(0, 30).Select(i => $"topic{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}").ToArray();
        var texts = names.SelectMany((name, i) => Enumerable.Range(0, i + 1).Select(_ => Text($"about {name}", 50)));

        Assert.Equal(names.Reverse().Take(TopicFeedback.TopicsMax), TopicFeedback.RollUp(_course, names, texts, []).Select(topic => topic.Topic));
    }

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame()
    {
        var topic = TopicFeedback.RollUp(_course, [], [Text("decision trees", 20, 2_000, 9_000)], [Text("decision trees", 20)])[0];
        var read = TopicFeedback.Decode(topic.Encode());

        Assert.Equal((topic.Topic, topic.Counts, topic.Recommend, topic.Reasons), (read.Topic, read.Counts, read.Recommend, read.Reasons));
        Assert.Equal((1, 2.0, 1), (read.Ratings.Learners, read.Ratings.Mean, read.Ratings[2]));
        StoredBytes.AssertEveryDamageIsNoticed(topic.Encode(), damaged => TopicFeedback.Decode(damaged));
    }

    private static JudgedText Text(string text, byte positive, int? stars = null, int? recommend = null, byte confused = 0) =>
        new(text, new(CommentLanguage.English, positive, confused, 0, 0, default), stars, recommend);
}
