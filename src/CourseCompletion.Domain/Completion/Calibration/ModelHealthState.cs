using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>What is remembered of one model from its matured predictions: its calibration, how good it was, and whether it drifts. Changed by <see cref="ModelHealthRules"/> only.</summary>
public sealed class ModelHealthState(HealthPolicy policy)
{
    /// <summary>How its logits are to be read.</summary>
    public CalibrationState Calibration { get; init; } = new();

    /// <summary>The figures of the model's own logits.</summary>
    public PrequentialMetrics Raw { get; init; } = new(policy.PaneLabels);

    /// <summary>The figures of what was answered.</summary>
    public PrequentialMetrics Served { get; init; } = new(policy.PaneLabels);

    /// <summary>The figures of what was answered, of learners in the global holdout.</summary>
    public PrequentialMetrics HeldOut { get; init; } = new(policy.PaneLabels);

    /// <summary>The figures of what was answered, by course, in the order of their first labels.</summary>
    public OrderedDictionary<CourseId, PrequentialMetrics> Courses { get; } = [];

    /// <summary>The place of the newest label learned of each roster shard of a course, in the order of their first labels.</summary>
    public OrderedDictionary<(CourseId Course, int Shard), LabelPlace> Places { get; } = [];

    /// <summary>The same of proxy labels.</summary>
    public OrderedDictionary<(CourseId Course, int Shard), LabelPlace> ProxyPlaces { get; } = [];

    /// <summary>The window in which drift is looked for.</summary>
    public Adwin Drift { get; init; } = new(policy.DriftDelta);

    /// <summary>How many predictions matured.</summary>
    public long Labels { get; set; }

    /// <summary>How many times drift began.</summary>
    public long Alarms { get; set; }

    /// <summary>How many predictions had matured when drift was last found; 0 if it never was.</summary>
    public long LatestDriftAtLabel { get; set; }
}
