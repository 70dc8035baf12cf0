using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Explanations;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>A learner in a course, as of an instant.</summary>
[GenerateSerializer, Alias("cc.enrolment-view"), Immutable]
public sealed record EnrolmentView
{
    /// <summary>The course.</summary>
    [Id(0)]
    public required CourseId Course { get; init; }

    /// <summary>Where the learner stands.</summary>
    [Id(1)]
    public required EnrolmentStatus Status { get; init; }

    /// <summary>1, and one more for each enrolment after a withdrawal.</summary>
    [Id(2)]
    public required int Attempt { get; init; }

    /// <summary>When the learner enrolled; 0 for a mere contact.</summary>
    [Id(3)]
    public required long EnrolledAtMs { get; init; }

    /// <summary>When the engine found the course completed; 0 while it is not.</summary>
    [Id(4)]
    public required long CompletedAtMs { get; init; }

    /// <summary>The newest activity; 0 without any.</summary>
    [Id(5)]
    public required long LastActivityAtMs { get; init; }

    /// <summary>Progress by weight of required lessons, 0 to 1.</summary>
    [Id(6)]
    public required double Progress { get; init; }

    /// <summary>The version of the course's definition used.</summary>
    [Id(7)]
    public required long DefinitionVersion { get; init; }

    /// <summary>The completion probability as of <see cref="EvaluatedAtMs"/>, 0 to 1.</summary>
    [Id(8)]
    public required float Probability { get; init; }

    /// <summary>The instant for which probability and features hold.</summary>
    [Id(9)]
    public required long EvaluatedAtMs { get; init; }

    /// <summary>The model that scored it.</summary>
    [Id(10)]
    public required string ModelVersion { get; init; }

    /// <summary>The feature vector (<see cref="Domain.Completion.CompletionFeatures.Names"/>).</summary>
    [Id(11)]
    public required float[] Features { get; init; }

    /// <summary>How often each <see cref="EventKind"/> happened, by its number.</summary>
    [Id(12)]
    public required long[] KindCounts { get; init; }

    /// <summary>Objects liked now.</summary>
    [Id(13)]
    public required int Likes { get; init; }

    /// <summary>Objects bookmarked.</summary>
    [Id(14)]
    public required int Bookmarks { get; init; }

    /// <summary>UTC days with activity.</summary>
    [Id(15)]
    public required int ActiveDays { get; init; }

    /// <summary>UTC days with a check-in.</summary>
    [Id(16)]
    public required int CheckInDays { get; init; }

    /// <summary>Sessions begun.</summary>
    [Id(17)]
    public required long Sessions { get; init; }

    /// <summary>Assessments handed in.</summary>
    [Id(18)]
    public required int Assessments { get; init; }

    /// <summary>Mean of their latest scores, 0 to 1.</summary>
    [Id(19)]
    public required double ScoreMean { get; init; }

    /// <summary>The lessons touched.</summary>
    [Id(20)]
    public required LessonView[] Lessons { get; init; }

    /// <summary>Equal for equal facts, whatever the order of arrival.</summary>
    [Id(21)]
    public required ulong FactHash { get; init; }

    /// <summary>The strongest grounds of the probability, strongest first; empty for an enrolment that is not active.</summary>
    [Id(22)]
    public required ReasonView[] Reasons { get; init; }

    /// <summary>A step that would raise the probability; null when there is none.</summary>
    [Id(23)]
    public required NextStepView? NextStep { get; init; }

    /// <summary>The band; None for an enrolment that is not active.</summary>
    [Id(24)]
    public required CompletionBand Band { get; init; }

    /// <summary>The 80 % interval of the probability: its lower end.</summary>
    [Id(25)]
    public required float ProbabilityLow { get; init; }

    /// <summary>Its upper end.</summary>
    [Id(26)]
    public required float ProbabilityHigh { get; init; }

    /// <summary>When the learner probably stops; null for an enrolment that is not active, and where the model does not know.</summary>
    [Id(27)]
    public required StopView? Stop { get; init; }
}

/// <summary>When a learner probably stops.</summary>
/// <param name="WeeksAhead">The most likely week, 0 for the next seven days.</param>
/// <param name="Probability">The probability that it is this week.</param>
/// <param name="ByTheEnd">The probability that it is any week up to the course's end.</param>
[GenerateSerializer, Alias("cc.stop-view"), Immutable]
public sealed record StopView([property: Id(0)] int WeeksAhead, [property: Id(1)] float Probability, [property: Id(2)] float ByTheEnd);

/// <summary>A ground of a probability.</summary>
/// <param name="Ground">The ground.</param>
/// <param name="Text">It in words, in English.</param>
/// <param name="Contribution">By how much it raises (above 0) or lowers (below 0) the probability, -1 to 1.</param>
[GenerateSerializer, Alias("cc.reason-view"), Immutable]
public readonly record struct ReasonView([property: Id(0)] ReasonGround Ground, [property: Id(1)] string Text, [property: Id(2)] float Contribution);

/// <summary>Something that a learner can do.</summary>
/// <param name="Text">What, in English.</param>
/// <param name="Probability">The probability of a learner who had done so.</param>
[GenerateSerializer, Alias("cc.next-step-view"), Immutable]
public sealed record NextStepView([property: Id(0)] string Text, [property: Id(1)] float Probability);

/// <summary>A learner in a lesson.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="UniqueMs">Length of the union of the watched intervals.</param>
/// <param name="WatchedMs">Milliseconds watched, repeats included.</param>
/// <param name="LengthMs">The video's length; 0 when unknown.</param>
/// <param name="WatchedShare">Unique over length, 0 to 1; 0 when the length is unknown.</param>
/// <param name="Completed">Whether the learner completed it.</param>
/// <param name="FirstAtMs">When it was first touched.</param>
[GenerateSerializer, Alias("cc.lesson-view"), Immutable]
public readonly record struct LessonView(
    [property: Id(0)] string Lesson,
    [property: Id(1)] long UniqueMs,
    [property: Id(2)] long WatchedMs,
    [property: Id(3)] long LengthMs,
    [property: Id(4)] double WatchedShare,
    [property: Id(5)] bool Completed,
    [property: Id(6)] long FirstAtMs);
