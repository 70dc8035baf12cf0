namespace CourseCompletion.Domain.Insights;

/// <summary>Where in a lesson's video its viewers stayed, looked again, paused and went back, by hundredths of the video.</summary>
/// <param name="Viewers">Learners who started the lesson.</param>
/// <param name="Retention">The share of them who watched each hundredth.</param>
/// <param name="Rewatched">The share of those who watched it that watched it again.</param>
/// <param name="Paused">The share of those that paused there.</param>
/// <param name="Returned">The share of those that went back there.</param>
/// <param name="Confused">How many learners wrote at it that they did not understand.</param>
/// <param name="Peaks">Where one of these stands out, in the video's order.</param>
/// <param name="Confusing">Where re-watching and pausing stand out together and no scene changes, in the video's order.</param>
public sealed record VideoInsight(
    long Viewers,
    double[] Retention,
    double[] Rewatched,
    double[] Paused,
    double[] Returned,
    int[] Confused,
    IReadOnlyList<VideoPeak> Peaks,
    IReadOnlyList<ConfusingSegment> Confusing);

/// <summary>A place that stands out from the rest of its video.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Position">Which hundredth, 0 to 99.</param>
/// <param name="Z">By how many standard deviations.</param>
public readonly record struct VideoPeak(VideoPeakKind Kind, int Position, double Z);

/// <summary>In what a place of a video may stand out.</summary>
public enum VideoPeakKind : byte
{
    /// <summary>It is watched again.</summary>
    Rewatched = 0,

    /// <summary>The video is paused there.</summary>
    Paused = 1,

    /// <summary>Jumps back go there.</summary>
    Returned = 2,
}

/// <summary>A part of a video that is hard to follow.</summary>
/// <param name="First">Its first hundredth, 0 to 99.</param>
/// <param name="Last">Its last one.</param>
/// <param name="Peak">The one that is watched again most.</param>
/// <param name="RewatchZ">By how many standard deviations that one is watched again more than the rest of the video.</param>
/// <param name="PauseZ">By how many it is paused at more, at its highest within the part.</param>
/// <param name="Confused">How many learners wrote there, or within a hundredth of it, that they did not understand.</param>
public readonly record struct ConfusingSegment(int First, int Last, int Peak, double RewatchZ, double PauseZ, long Confused);
