namespace CourseCompletion.Domain.Insights;

/// <summary>Something about a course that its team can change.</summary>
/// <remarks>An association, never proof: those who left a place may have left anywhere.</remarks>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where.</param>
/// <param name="Reached">Learners who reached the place: of a lesson those who left there or went on, of a part of a video its viewers.</param>
/// <param name="Affected">Those of them who left there, or watched the part again.</param>
/// <param name="Expected">How many of them would have, if the place were like those around it.</param>
/// <param name="CompletionsLost">How many completions went along with the excess: by how much likelier to complete comparable learners are who went on. 0 when the excess may be chance.</param>
/// <param name="PValue">How likely so much leaving would be by chance, 0 to 1.</param>
/// <param name="Segment">The part of the video; null for a lesson.</param>
public sealed record CourseFinding(
    FindingKind Kind, FindingPlace Place, long Reached, long Affected, double Expected, double CompletionsLost, double PValue, ConfusingSegment? Segment);

/// <summary>Where in a course.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Position">The hundredth of its video, 0 to 99; -1 for the lesson as a whole.</param>
public readonly record struct FindingPlace(string Lesson, int Position);

/// <summary>What a finding is. The numbers are stored and never reused.</summary>
public enum FindingKind : byte
{
    /// <summary>More learners leave at the lesson than at those around it.</summary>
    Leaving = 0,

    /// <summary>A part of the lesson's video is hard to follow.</summary>
    Confusing = 1,
}
