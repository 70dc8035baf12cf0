using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion;

public class CompletionRulesTests
{
    private static readonly PriorCompletionPredictor _predictor = new();

    [Fact]
    public void Conclude_CompletedAndThenTheCourseGrows_StaysCompleted()
    {
        var course = CourseBuilder.Course("algebra", CourseBuilder.Video("v"));
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, _ => course);
        learner.Record(MondayMs, Watched("v", 0, 100_000));
        course = CourseBuilder.Course("algebra", CourseBuilder.Video("v"), CourseBuilder.Video("w")) with { Version = 2 };
        learner.Record(MondayMs + DayMs, Event(EventKind.Shared, "later", MondayMs + DayMs));
        var enrolment = learner.State.Enrolments[0];

        Assert.Equal((EnrolmentStatus.Completed, MondayMs, 1), (enrolment.Status, enrolment.CompletedAtMs, enrolment.Probability));
        Assert.Equal(0.5, ProgressRules.Measure(enrolment, course).Share);
        Assert.True(CompletionRules.Conclude(learner.State, enrolment, course, _predictor, MondayMs + DayMs, new float[CompletionFeatures.Count]).Completes);
    }

    [Fact]
    public void Conclude_CompletedAndThenWithdrawn_StaysCompleted()
    {
        var course = CourseBuilder.Course("algebra", CourseBuilder.Video("v"));
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, _ => course);
        learner.Record(MondayMs, Watched("v", 0, 100_000));
        learner.Record(MondayMs + DayMs, Event(EventKind.Withdrew, "later", MondayMs + DayMs));

        Assert.Equal((EnrolmentStatus.Completed, 1), (learner.State.Enrolments[0].Status, learner.State.Enrolments[0].Probability));
    }

    [Fact]
    public void Conclude_WithdrawnBeforeTheLastLesson_CompletesOnlyWhenEnrolledAgain()
    {
        var course = CourseBuilder.Course("algebra", CourseBuilder.Video("v"));
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, _ => course);
        learner.Record(MondayMs, Watched("v", 0, 10_000), Event(EventKind.Withdrew, "later", MondayMs + 1));
        learner.Record(MondayMs + DayMs, Watched("v", 0, 100_000, "all", MondayMs + DayMs));
        Assert.Equal((EnrolmentStatus.Withdrawn, 0), (learner.State.Enrolments[0].Status, learner.State.Enrolments[0].Probability));

        learner.Record(MondayMs + (2 * DayMs), Event(EventKind.Enrolled, "again", MondayMs + (2 * DayMs)));

        Assert.Equal((EnrolmentStatus.Completed, 1, 2), (learner.State.Enrolments[0].Status, learner.State.Enrolments[0].Probability, learner.State.Enrolments[0].Attempt));
    }

    [Fact]
    public void IsMet_ScoreOfExactlyTheShare_IsMet()
    {
        var course = CourseBuilder.Course("algebra") with { Rule = new(CompletionRuleKind.Assessment, 1.0 / 3, "exam") };
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, _ => course);
        learner.Record(MondayMs, Event(EventKind.AssessmentSubmitted) with { ObjectId = "exam", Value = 1, MaxValue = 3 });

        Assert.Equal(EnrolmentStatus.Completed, learner.State.Enrolments[0].Status);
    }

    [Fact]
    public void Conclude_ActiveLearner_HasTheModelsScore()
    {
        var learner = new LivingLearner();
        learner.Record(MondayMs, Event(EventKind.Shared));
        var vector = new float[CompletionFeatures.Count];
        var conclusion = CompletionRules.Conclude(
            learner.State, learner.State.Enrolments[0], CourseDefinition.Draft(new("algebra"), MondayMs), _predictor, MondayMs, vector);

        Assert.Equal((_predictor.Score(vector), 1, false), (conclusion.Probability, conclusion.DefinitionVersion, conclusion.Completes));
        Assert.InRange(conclusion.Probability, 0.01f, 0.99f);
    }

    [Theory]
    [InlineData(EnrolmentStatus.Completed, 1)]
    [InlineData(EnrolmentStatus.Withdrawn, 0)]
    [InlineData(EnrolmentStatus.Prospect, 0)]
    public void ProbabilityOf_NothingLeftToPredict_IsCertain(EnrolmentStatus status, float probability) =>
        Assert.Equal(probability, CompletionRules.ProbabilityOf(status, _predictor, new float[CompletionFeatures.Count]));
}
