using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;

namespace CourseCompletion.Grains.Abstractions.Interests;

/// <summary>What a course is about, and what emerges.</summary>
/// <param name="Course">The definition; it knows its topics (<see cref="CourseDefinition.Topics"/>).</param>
/// <param name="Emerging">What learners write about more than they used to.</param>
/// <param name="Recent">How many learners' newest comments are recent.</param>
/// <param name="Earlier">How many are older.</param>
/// <param name="EvaluatedAtMs">As of when.</param>
/// <param name="Feedback">What learners think who wrote about its topics.</param>
[GenerateSerializer, Alias("cc.course-topics-view"), Immutable]
public sealed record CourseTopicsView(
    [property: Id(0)] CourseDefinition Course,
    [property: Id(1)] EmergingView[] Emerging,
    [property: Id(2)] int Recent,
    [property: Id(3)] int Earlier,
    [property: Id(4)] long EvaluatedAtMs,
    [property: Id(5)] TopicFeedback[] Feedback);

/// <summary>A term that emerges; what the numbers mean stands at <see cref="EmergingTopic"/>.</summary>
/// <param name="Term">The term.</param>
/// <param name="Recent">In how many recent comments it is.</param>
/// <param name="Earlier">In how many earlier ones.</param>
/// <param name="PValue">How likely that is by chance.</param>
/// <param name="Examples">The newest comments with it.</param>
[GenerateSerializer, Alias("cc.emerging-view"), Immutable]
public sealed record EmergingView(
    [property: Id(0)] string Term, [property: Id(1)] int Recent, [property: Id(2)] int Earlier, [property: Id(3)] double PValue, [property: Id(4)] CommentExample[] Examples);

/// <summary>A sample of a shard's newest comments.</summary>
/// <param name="Comments">The sample.</param>
/// <param name="Recent">How many recent ones the shard has.</param>
/// <param name="Earlier">How many earlier ones.</param>
/// <param name="Reasons">A sample of the reasons for withdrawing.</param>
[GenerateSerializer, Alias("cc.comment-sample"), Immutable]
public sealed record CommentSample([property: Id(0)] CommentExample[] Comments, [property: Id(1)] int Recent, [property: Id(2)] int Earlier, [property: Id(3)] CommentExample[] Reasons);

/// <summary>A learner's newest comment; see <see cref="WrittenComment"/>.</summary>
/// <param name="Learner">Who wrote it.</param>
/// <param name="AtMs">When.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="Lesson">The lesson; empty for the course.</param>
/// <param name="Note">What it says.</param>
/// <param name="CourseMilli">The learner's rating of the course in thousandths of a star; null without.</param>
/// <param name="RecommendMilli">The learner's answer to whether to recommend it, 0 to 10,000; null without.</param>
[GenerateSerializer, Alias("cc.comment-example"), Immutable]
public readonly record struct CommentExample(
    [property: Id(0)] string Learner,
    [property: Id(1)] long AtMs,
    [property: Id(2)] string Excerpt,
    [property: Id(3)] string Lesson,
    [property: Id(4)] CommentNote Note,
    [property: Id(5)] int? CourseMilli,
    [property: Id(6)] int? RecommendMilli);
