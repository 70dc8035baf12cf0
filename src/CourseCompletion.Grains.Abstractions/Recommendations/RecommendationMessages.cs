using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Grains.Abstractions.Recommendations;

/// <summary>What a learner may take next, best first.</summary>
/// <param name="Id">The list's id.</param>
/// <param name="Courses">The courses.</param>
[GenerateSerializer, Alias("cc.recommendation-list"), Immutable]
public sealed record RecommendationList([property: Id(0)] string Id, [property: Id(1)] RecommendedCourse[] Courses);

/// <summary>A course that a learner may take next.</summary>
/// <param name="Course">The course.</param>
/// <param name="Title">Its title; empty when it is not known.</param>
/// <param name="Score">What courses are ranked by: the logarithm of how likely it comes next, up to a number that is the same for all of a list, with what the expected gain adds and likeness to courses above takes away.</param>
/// <param name="Reason">Why.</param>
/// <param name="Because">The course that it is for; null for none.</param>
/// <param name="BecauseTitle">That one's title; empty when it is not known.</param>
/// <param name="Propensity">How likely it was to stand in this place, above 0 and at most 1.</param>
/// <param name="Id">What to send as the object of a promotion's event when it is shown or followed.</param>
/// <param name="IsPromoted">Whether the course is promoted, which raised its score.</param>
[GenerateSerializer, Alias("cc.recommended-course"), Immutable]
public sealed record RecommendedCourse(
    [property: Id(0)] CourseId Course,
    [property: Id(1)] string Title,
    [property: Id(2)] double Score,
    [property: Id(3)] RecommendationReason Reason,
    [property: Id(4)] CourseId? Because,
    [property: Id(5)] string BecauseTitle,
    [property: Id(6)] double Propensity,
    [property: Id(7)] string Id,
    [property: Id(8)] bool IsPromoted);
