using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Grains.Completion;

/// <summary>How silos follow the catalogue of models. Section <c>Models</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Models";

    /// <summary>How often a silo looks whether another model was published. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FollowEvery { get; set; } = TimeSpan.FromSeconds(5);
}
