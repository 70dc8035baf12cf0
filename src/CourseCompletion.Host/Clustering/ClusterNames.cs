using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Host.Clustering;

/// <summary>Which cluster a process belongs to: configuration section <c>Cluster</c>.</summary>
public sealed class ClusterNames
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string SectionName = "Cluster";

    /// <summary>The silos that find each other. Default <c>coursecompletion</c>. Change it to run two clusters on one Redis side by side.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Cluster:ClusterId must not be empty.")]
    public string ClusterId { get; set; } = "coursecompletion";

    /// <summary>The store that silos work on: its keys in Redis begin with it. Default <c>coursecompletion</c>. Never change it for a store that exists.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Cluster:ServiceId must not be empty.")]
    public string ServiceId { get; set; } = "coursecompletion";
}
