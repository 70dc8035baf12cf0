using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Comments.Opinions;

/// <summary>A second opinion on a comment, to go into the learner's next append.</summary>
internal sealed class OpinionInput(CommentOpinion opinion)
{
    /// <summary>The opinion.</summary>
    public CommentOpinion Opinion { get; } = opinion;

    /// <summary>The course of the comment, once it is at hand; null while it cannot be reached.</summary>
    public CourseEntry? Course { get; set; }
}
