using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Grains.Abstractions.Recommendations;

/// <summary>A lesson to go on with, and why. May be shown to the learner.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Title">Its title; may be empty.</param>
/// <param name="Kind">What it is.</param>
/// <param name="LengthMs">The video's length; 0 when unknown.</param>
/// <param name="StartMs">Where to start in the video.</param>
/// <param name="Reason">Why it is offered.</param>
/// <param name="Text">The reason in words, in English.</param>
/// <param name="Score">How much speaks for it, 0 to 1.</param>
[GenerateSerializer, Alias("cc.next-clip-view"), Immutable]
public sealed record NextClipView(
    [property: Id(0)] string Lesson,
    [property: Id(1)] string Title,
    [property: Id(2)] LessonKind Kind,
    [property: Id(3)] long LengthMs,
    [property: Id(4)] long StartMs,
    [property: Id(5)] NextClipReason Reason,
    [property: Id(6)] string Text,
    [property: Id(7)] double Score);
