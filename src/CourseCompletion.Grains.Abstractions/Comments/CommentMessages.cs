using CourseCompletion.Domain.Comments;

namespace CourseCompletion.Grains.Abstractions.Comments;

/// <summary>How a text is read.</summary>
/// <param name="Note">What it says.</param>
/// <param name="Model">The model that read it.</param>
/// <param name="LearnedFrom">What that was learned from.</param>
/// <param name="Labels">From how many of the tenant's labels the reading learned besides.</param>
[GenerateSerializer, Alias("cc.comment-answer"), Immutable]
public sealed record CommentAnswer([property: Id(0)] CommentNote Note, [property: Id(1)] string Model, [property: Id(2)] string LearnedFrom, [property: Id(3)] long Labels);

/// <summary>Which comments of a roster shard.</summary>
/// <param name="Limit">At most so many, 1 to 500.</param>
/// <param name="Lesson">Only those at this lesson; null for all.</param>
/// <param name="ConfusedOnly">Only those whose authors likely do not understand something.</param>
/// <param name="Reasons">Reasons for withdrawing instead of comments.</param>
[GenerateSerializer, Alias("cc.comment-query"), Immutable]
public sealed record CommentQuery([property: Id(0)] int Limit, [property: Id(1)] string? Lesson, [property: Id(2)] bool ConfusedOnly, [property: Id(3)] bool Reasons = false);

/// <summary>A learner's newest comment in a course, or reason for withdrawing from it.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="OccurredAtMs">When.</param>
/// <param name="Excerpt">The beginning of the text.</param>
/// <param name="Lesson">The lesson; empty for the course.</param>
/// <param name="PositionMs">The position in the lesson's video; null when there is none.</param>
/// <param name="Note">What it says.</param>
[GenerateSerializer, Alias("cc.comment-view"), Immutable]
public sealed record CommentView(
    [property: Id(0)] string Learner,
    [property: Id(1)] long OccurredAtMs,
    [property: Id(2)] string Excerpt,
    [property: Id(3)] string Lesson,
    [property: Id(4)] long? PositionMs,
    [property: Id(5)] CommentNote Note);
