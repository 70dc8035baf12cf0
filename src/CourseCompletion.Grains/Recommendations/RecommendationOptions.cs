using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Grains.Recommendations;

/// <summary>How recommenders keep what they know. Section <c>Recommendations</c>.</summary>
public sealed class RecommendationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Recommendations";

    /// <summary>How long what learners took is gathered before it is stored. Default 500 ms; must be below <c>Sweep:OlderThan</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan StoreAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many rows and definitions may wait to be stored; beyond that they wait where they came from. Default 20,000.</summary>
    [Range(100, 1_000_000)]
    public int WaitingMax { get; set; } = 20_000;

    /// <summary>How many pages the log has before everything is written anew. Default 512.</summary>
    [Range(2, 100_000)]
    public int LogPagesMax { get; set; } = 512;
}
