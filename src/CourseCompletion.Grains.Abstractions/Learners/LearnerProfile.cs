using CourseCompletion.Domain.Profiles;
using CourseCompletion.Grains.Abstractions.Interests;

namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>What is known of a learner across courses.</summary>
[GenerateSerializer, Alias("cc.learner-profile"), Immutable]
public sealed record LearnerProfile
{
    /// <summary>The learner.</summary>
    [Id(0)]
    public required string LearnerId { get; init; }

    /// <summary>Which state this is.</summary>
    [Id(1)]
    public required LearnerVersion Version { get; init; }

    /// <summary>Events recorded.</summary>
    [Id(2)]
    public required long EventCount { get; init; }

    /// <summary>The earliest event's time; 0 without events.</summary>
    [Id(3)]
    public required long FirstEventAtMs { get; init; }

    /// <summary>The newest event's time; 0 without events.</summary>
    [Id(4)]
    public required long LastEventAtMs { get; init; }

    /// <summary>The producers seen.</summary>
    [Id(5)]
    public required SourceView[] Sources { get; init; }

    /// <summary>The enrolments.</summary>
    [Id(6)]
    public required EnrolmentView[] Enrolments { get; init; }

    /// <summary>How the learner learns; null from a silo of an earlier release.</summary>
    [Id(7)]
    public LearningProfile? Learning { get; init; }

    /// <summary>The interests; null from a silo of a release that does not know them.</summary>
    [Id(9)]
    public InterestsView? Interests { get; init; }
}

/// <summary>One producer of a learner's events.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NewestAtMs">Its newest event's own time.</param>
/// <param name="FloorAtMs">Events before this are too late.</param>
[GenerateSerializer, Alias("cc.source-view"), Immutable]
public readonly record struct SourceView([property: Id(0)] string Name, [property: Id(1)] long NewestAtMs, [property: Id(2)] long FloorAtMs);

/// <summary>A change seen by a watcher.</summary>
/// <param name="Version">Which state this is.</param>
/// <param name="Enrolments">The enrolments that changed since the version seen; all of them when that was none.</param>
/// <param name="Complete">Whether these are all enrolments.</param>
[GenerateSerializer, Alias("cc.learner-change"), Immutable]
public sealed record LearnerChange(
    [property: Id(0)] LearnerVersion Version,
    [property: Id(1)] EnrolmentView[] Enrolments,
    [property: Id(2)] bool Complete);
