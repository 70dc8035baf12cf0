using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>A lesson to go on with, and why. May be shown to the learner.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Title">Its title; may be empty.</param>
/// <param name="Kind">What it is.</param>
/// <param name="LengthMs">The video's length; 0 when unknown.</param>
/// <param name="StartMs">Where to start in the video: the first place not watched yet, or what to look at again.</param>
/// <param name="Reason">Why it is offered.</param>
/// <param name="Text">The reason in words, in English.</param>
/// <param name="Score">How much speaks for it, 0 to 1 (<see cref="NextClipRules"/>).</param>
public sealed record NextClip(string Lesson, string Title, LessonKind Kind, long LengthMs, long StartMs, NextClipReason Reason, string Text, double Score);

/// <summary>Why a lesson is offered next. The numbers are on the wire and never reused.</summary>
public enum NextClipReason : byte
{
    /// <summary>Its video was begun.</summary>
    Continue = 1,

    /// <summary>It comes next, or soon, in the course's order.</summary>
    NextInOrder = 2,

    /// <summary>It was due.</summary>
    Overdue = 3,

    /// <summary>It is due within seven days.</summary>
    DueSoon = 4,

    /// <summary>It is complete and was hard.</summary>
    Revisit = 5,

    /// <summary>It comes soon and fits the time that the learner mostly takes.</summary>
    ShortEnough = 6,
}
