using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Explanations;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.UnitTests.Gateway.Learners;

/// <summary>Learners as grains show them.</summary>
internal static class LearnerViewBuilder
{
    public static LearnerProfile Profile(long sequence, params EnrolmentView[] enrolments) => new()
    {
        LearnerId = "l1",
        Version = new(1, sequence),
        EventCount = sequence,
        FirstEventAtMs = 1_000,
        LastEventAtMs = 2_000,
        Sources = [new("app", 2_000, 500)],
        Enrolments = enrolments,
    };

    public static EnrolmentView Enrolment(string course, EnrolmentStatus status = EnrolmentStatus.Active) => new()
    {
        Course = new(course),
        Status = status,
        Attempt = 1,
        EnrolledAtMs = 1_000,
        CompletedAtMs = 0,
        LastActivityAtMs = 2_000,
        Progress = 0.5,
        DefinitionVersion = 3,
        Probability = 0.25f,
        EvaluatedAtMs = 3_000,
        ModelVersion = "prior-1",
        Features = new float[CompletionFeatures.Count],
        KindCounts = [.. Enumerable.Range(0, (int)LearnerEventRules.NewestKind + 1).Select(kind => (long)kind)],
        Likes = 101,
        Bookmarks = 102,
        ActiveDays = 103,
        CheckInDays = 104,
        Sessions = 105,
        Assessments = 2,
        ScoreMean = 0.75,
        Lessons = [new("x", 1_500, 2_500, 10_000, 0.15, false, 1_000)],
        FactHash = 0xab,
        Reasons = [new(ReasonGround.Silence, "no activity for 6 days, usually 1.5 days", -0.25f), new(ReasonGround.Time, "half of the time has passed", 0.125f)],
        Band = CompletionBand.Slipping,
        ProbabilityLow = 0.125f,
        ProbabilityHigh = 0.375f,
        Stop = new(2, 0.25f, 0.75f),
        NextStep = new("complete two lessons this week", 0.5f),
    };
}
