using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;

namespace CourseCompletion.Grains.Abstractions.Insights;

/// <summary>A course's findings.</summary>
/// <param name="Course">The definition that they were made with.</param>
/// <param name="Insights">The findings; then the fixes of what is not found any more.</param>
/// <param name="EvaluatedAtMs">The instant as of which the course's figures were evaluated.</param>
[GenerateSerializer, Alias("cc.course-insights"), Immutable]
public sealed record CourseInsights(
    [property: Id(0)] CourseDefinition Course,
    [property: Id(1)] InsightView[] Insights,
    [property: Id(2)] long EvaluatedAtMs);

/// <summary>A finding as its readers see it; what the numbers mean stands at <see cref="CourseFinding"/>.</summary>
/// <param name="Id">Names it while it is found at the same place.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Lesson">The lesson.</param>
/// <param name="Segment">The part of its video; null for the lesson as a whole.</param>
/// <param name="Reached">Learners who reached the place.</param>
/// <param name="Affected">Those of them who left there or watched it again.</param>
/// <param name="Expected">How many would have, if the place were like those around it; 0 when it is not found any more.</param>
/// <param name="CompletionsLost">How many completions went along with the excess.</param>
/// <param name="Fix">How it went since it was marked as fixed; null while it is not.</param>
[GenerateSerializer, Alias("cc.insight-view"), Immutable]
public sealed record InsightView(
    [property: Id(0)] string Id,
    [property: Id(1)] FindingKind Kind,
    [property: Id(2)] string Lesson,
    [property: Id(3)] SegmentView? Segment,
    [property: Id(4)] long Reached,
    [property: Id(5)] long Affected,
    [property: Id(6)] double Expected,
    [property: Id(7)] double CompletionsLost,
    [property: Id(8)] FixView? Fix);

/// <summary>A part of a video, in hundredths of it; see <see cref="ConfusingSegment"/>.</summary>
/// <param name="First">The first one, 0 to 99.</param>
/// <param name="Last">The last one.</param>
/// <param name="RewatchZ">Standard deviations of re-watching above the rest of the video.</param>
/// <param name="PauseZ">Standard deviations of pausing above it.</param>
/// <param name="Confused">Learners who wrote there that they did not understand.</param>
[GenerateSerializer, Alias("cc.segment-view"), Immutable]
public sealed record SegmentView(
    [property: Id(0)] int First, [property: Id(1)] int Last, [property: Id(2)] double RewatchZ, [property: Id(3)] double PauseZ, [property: Id(4)] long Confused);

/// <summary>Before and after a fix.</summary>
/// <param name="FixedAtMs">When it was marked.</param>
/// <param name="ReachedBefore">How many had reached the place by then.</param>
/// <param name="AffectedBefore">How many of them had left there or watched it again.</param>
/// <param name="ReachedSince">How many have reached it since.</param>
/// <param name="AffectedSince">How many have left there or watched it again since.</param>
[GenerateSerializer, Alias("cc.fix-view"), Immutable]
public sealed record FixView(
    [property: Id(0)] long FixedAtMs,
    [property: Id(1)] long ReachedBefore,
    [property: Id(2)] long AffectedBefore,
    [property: Id(3)] long ReachedSince,
    [property: Id(4)] long AffectedSince);
