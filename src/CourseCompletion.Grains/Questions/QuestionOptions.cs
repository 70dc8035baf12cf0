using System.ComponentModel.DataAnnotations;
using CourseCompletion.Domain.Questions;

namespace CourseCompletion.Grains.Questions;

/// <summary>How questions and answers run. Section <c>Questions</c>.</summary>
public sealed class QuestionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Questions";

    /// <summary>How often a board in memory looks for what is due. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long without an answer likely answerers are asked. Default 12 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan LikelyAfter { get; set; } = TimeSpan.FromHours(12);

    /// <summary>After how long without an answer a question is overdue. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan OverdueAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many calls to learners one board has under way at once. Default 16.</summary>
    [Range(1, 1_000)]
    public int TellsInFlightMax { get; set; } = 16;

    /// <summary>How many watch one board at once; more are answered at once. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int WatchersMax { get; set; } = 1_000;

    /// <summary>The policy that these make.</summary>
    public QuestionPolicy ToPolicy() => QuestionPolicy.Default with
    {
        LikelyAfterMs = (long)LikelyAfter.TotalMilliseconds,
        OverdueAfterMs = (long)OverdueAfter.TotalMilliseconds,
    };
}
