using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The proxy labels of a course whose own labels have not matured: by the model's own logit.</summary>
public sealed class CourseProxies(CourseId course)
{
    /// <summary>The course.</summary>
    public CourseId Course { get; } = course;

    /// <summary>The proxy labels of each phase.</summary>
    public ProxyCounts[] Phases { get; init; } = [.. Enumerable.Range(0, ProxyPhases.Count).Select(_ => new ProxyCounts())];

    /// <summary>Whether they may teach what proxy labels mean: not in a course that ran when drift began, whose labels are of predictions from before and after it.</summary>
    public bool Teaches { get; init; } = true;

    /// <summary>The sum of weights of all matured labels, of every course, when this course's latest proxy label came.</summary>
    public double LatestAt { get; set; }
}
