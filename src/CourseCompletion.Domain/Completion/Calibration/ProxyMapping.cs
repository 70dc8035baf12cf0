namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>What being active in the next week says of completion, as learned from courses whose labels have matured.</summary>
public sealed class ProxyMapping
{
    /// <summary>The lines of the phases.</summary>
    public ProxyLine[] Phases { get; init; } = [.. Enumerable.Range(0, ProxyPhases.Count).Select(_ => new ProxyLine())];

    /// <summary>How many matured courses were compared.</summary>
    public double Courses { get; set; }

    /// <summary>The sum, over them, of the squared distance of the intercept by proxy labels from the one by matured labels, less what chance adds.</summary>
    public double SquaredMisses { get; set; }
}

/// <summary>The line of one phase: logit P(active in the week after) = <see cref="Base"/> + <see cref="Gain"/> x calibrated logit of completion.</summary>
public sealed class ProxyLine
{
    /// <summary>The proxy labels of matured courses, by the calibrated logit.</summary>
    public ProxyCounts Counts { get; init; } = new();

    /// <summary>The logit of being active where that of completion is 0.</summary>
    public double Base { get; set; }

    /// <summary>By how much it rises with the calibrated logit; 0 before the first matured course, when proxy labels say nothing.</summary>
    public double Gain { get; set; }
}
