using CourseCompletion.Domain.Completion.Index;

namespace CourseCompletion.Grains.Abstractions.Completion;

/// <summary>A course's C = f(R, I, P).</summary>
/// <param name="Course">The course.</param>
/// <param name="Reading">All three layers.</param>
/// <param name="ElapsedShare">The share of the course that has elapsed for its active learners, 0 to 1, by which layer 3 was read.</param>
/// <param name="ExpectedCompletions">The headline: the sum of the learners' completion probabilities.</param>
/// <param name="Learners">Over how many learners: the enrolled who have not withdrawn.</param>
/// <param name="EvaluatedAtMs">The instant for which the rates hold.</param>
[GenerateSerializer, Alias("cc.course-index"), Immutable]
public sealed record CourseIndex(
    [property: Id(0)] string Course,
    [property: Id(1)] IndexReading Reading,
    [property: Id(2)] double ElapsedShare,
    [property: Id(3)] double ExpectedCompletions,
    [property: Id(4)] long Learners,
    [property: Id(5)] long EvaluatedAtMs);
