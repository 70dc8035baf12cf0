using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Courses;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Comments.Opinions;

/// <summary>The side of a learner that hears what a second reader makes of comments.</summary>
/// <remarks>Key: <see cref="Domain.Learners.LearnerKey"/>. Called by <see cref="SecondOpinions"/>, once a comment: it is not safe to repeat.</remarks>
[Alias("cc.ILearnerOpinionGrain")]
[Version(1)]
internal interface ILearnerOpinionGrain : IGrainWithStringKey
{
    /// <summary>Takes in an opinion; returns when it is durable.</summary>
    [Alias("HearAsync")]
    [AlwaysInterleave]
    ValueTask HearAsync(OpinionMessage opinion);
}

/// <summary>How a <see cref="CommentOpinion"/> travels.</summary>
[GenerateSerializer, Alias("cc.comment-opinion"), Immutable]
internal readonly record struct OpinionMessage(
    [property: Id(0)] string Course,
    [property: Id(1)] long OccurredAtMs,
    [property: Id(2)] UInt128 Identity,
    [property: Id(3)] string? Lesson,
    [property: Id(4)] CommentNote Noted,
    [property: Id(5)] byte PositivePercent)
{
    public static OpinionMessage Of(in CommentOpinion opinion) => new(
        opinion.Course.Value, opinion.Order.OccurredAtMs, opinion.Order.Identity, opinion.Lesson, opinion.Noted, opinion.PositivePercent);

    public CommentOpinion ToOpinion() => new(new CourseId(Course), new(OccurredAtMs, Identity), Lesson, Noted, PositivePercent);
}
