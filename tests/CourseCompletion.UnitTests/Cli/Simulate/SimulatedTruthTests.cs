using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Courses;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.UnitTests.Learners;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Simulate;

/// <summary>The truth of a simulated class against the rules of the server: both must find the same learners complete, at the same moment.</summary>
public sealed class SimulatedTruthTests
{
    private static readonly ClassOptions _options =
        new(Seed: 11, Learners: 250, Courses: 2, new(2025, 9, 1, 0, 0, 0, DateTimeKind.Utc), CourseDays: 28, Prefix: "");

    [Fact]
    public void CompletedAt_ClassFoldedByTheDomain_IsWhatTheDomainConcludes()
    {
        var simulated = new SimulatedClass(_options);
        var courses = simulated.Courses.ToDictionary(course => new CourseId(course.Id), Definition);
        var learners = simulated.Lives.Select(life => life.LearnerId).Distinct()
            .ToDictionary(id => id, _ => new LivingLearner(new LearnerStore(), LearnerPolicy.Default, course => courses[course]));

        foreach (var sent in simulated.Live(_options.CourseDays))
        {
            Assert.Null(EventMapping.TryRead(sent, out var e));
            var decision = Assert.Single(learners[sent.LearnerId].Record(e!.OccurredAtMs, e));
            Assert.Equal(DecisionStatus.Accepted, decision.Status);
        }

        var started = simulated.Lives.Where(life => life.Day >= life.Traits.EnrolDay).ToList();
        Assert.Equal(
            started.Select(life => $"{life.LearnerId} {life.Course.Id} {life.Truth.CompletedAt:O}"),
            started.Select(life => $"{life.LearnerId} {life.Course.Id} {CompletedAt(learners[life.LearnerId], life.Course.Id):O}"));
        Assert.InRange(started.Count(life => life.HasCompleted), 20, started.Count - 20);
    }

    private static CourseDefinition Definition(CourseDesign course)
    {
        var faults = new List<Rejection>();
        var definition = CourseMapping.Read(course.ToCourse(), faults);
        Assert.Empty(faults);
        return definition with { Version = 1 };
    }

    private static DateTime? CompletedAt(LivingLearner learner, string course) =>
        learner.State.FindEnrolment(new CourseId(course))?.CompletedAtMs is > 0 and var ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime : null;
}
