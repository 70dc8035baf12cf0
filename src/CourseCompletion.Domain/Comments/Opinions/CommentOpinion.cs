using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments.Opinions;

/// <summary>What a second reader makes of the sentiment of a comment of which the first was unsure: it replaces what was noted.</summary>
/// <param name="Course">The course that it was written in.</param>
/// <param name="Order">The comment's order, which tells it apart.</param>
/// <param name="Lesson">The lesson that it was written at; null for the course.</param>
/// <param name="Noted">What was noted with the event.</param>
/// <param name="PositivePercent">How likely its author is content, 0 to 100.</param>
public readonly record struct CommentOpinion(CourseId Course, EventOrder Order, string? Lesson, CommentNote Noted, byte PositivePercent)
{
    /// <summary>The note with the opinion in it.</summary>
    public CommentNote Revised => Noted with { PositivePercent = PositivePercent };

    internal void Write(PayloadWriter to)
    {
        to.Text(Course.Value);
        to.Int(Order.OccurredAtMs);
        to.Fixed128(Order.Identity);
        to.Bool(Lesson is not null);
        if (Lesson is not null)
        {
            to.Text(Lesson);
        }

        Noted.Write(to);
        to.Byte(PositivePercent);
    }

    internal static CommentOpinion Read(ref PayloadReader from) => new(
        new(from.Text()), new(from.Int(), from.Fixed128()), from.Bool() ? from.Text() : null, CommentNote.Read(ref from), from.Byte());
}
