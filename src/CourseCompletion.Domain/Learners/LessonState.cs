using CourseCompletion.Domain.Insights;

namespace CourseCompletion.Domain.Learners;

/// <summary>What a learner did with one lesson: raw facts, from which progress is derived with the course's definition of the moment.</summary>
public sealed class LessonState(string id)
{
    private Coverage _coverage;

    /// <summary>The lesson.</summary>
    public string Id { get; internal set; } = id;

    /// <summary>What was watched.</summary>
    public ref Coverage Coverage => ref _coverage;

    /// <summary>Milliseconds of video watched, repeats included.</summary>
    public long WatchedMs { get; set; }

    /// <summary>When it was first touched, in event time.</summary>
    public long FirstAtMs { get; set; } = long.MaxValue;

    /// <summary>When it was last touched, in event time; 0 before the first. A feature, no fact: snapshots of earlier releases do not know it and have the first time in its place.</summary>
    public long LastAtMs { get; set; }

    /// <summary>Whether it was touched at more than one instant.</summary>
    internal bool IsTouchedAgain => LastAtMs > FirstAtMs;

    /// <summary>When the producer first said that it was completed, in event time; <see cref="long.MaxValue"/> while it did not.</summary>
    public long ReportedAtMs { get; set; } = long.MaxValue;

    /// <summary>Where the learner watched again, paused and went back to; null while nowhere.</summary>
    public LessonTraces? Traces { get; set; }

    /// <summary>Whether the producer said that it was completed.</summary>
    public bool ReportedCompleted => ReportedAtMs != long.MaxValue;
}
