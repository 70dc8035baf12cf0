using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion;

/// <summary>What is concluded for an enrolment as of an instant: progress, completion, probability.</summary>
public static class CompletionRules
{
    /// <summary>Concludes for an enrolment; the vector is filled as of <paramref name="asOfMs"/>.</summary>
    public static EnrolmentConclusion Conclude(
        LearnerState learner, EnrolmentState enrolment, CourseDefinition course, ICompletionPredictor predictor, long asOfMs, Span<float> vector)
    {
        var progress = ProgressRules.Measure(enrolment, course);
        var completes = enrolment.CompletedAtMs != 0 || ProgressRules.IsMet(enrolment, course, progress);
        CompletionFeatures.Fill(learner, enrolment, course, progress, asOfMs, vector);
        var status = completes ? EnrolmentStatus.Completed : enrolment.Status;
        return new(enrolment.Course, course.Version, ProbabilityOf(status, predictor, vector), completes);
    }

    /// <summary>The band that follows from a conclusion and the enrolment's band before.</summary>
    public static CompletionBand BandOf(
        EnrolmentState enrolment, in EnrolmentConclusion conclusion, CourseDefinition course, ICompletionPredictor predictor, BandPolicy policy, long asOfMs) => BandRules.Next(
            enrolment.Band,
            conclusion.Completes ? EnrolmentStatus.Completed : enrolment.Status,
            conclusion.Probability,
            BandRules.ElapsedOf(course, enrolment.EnrolledAtMs, asOfMs, predictor.HorizonDays),
            predictor.Trajectory,
            policy);

    /// <summary>The probability that an active learner with these features would have after being active on two days of the week before.</summary>
    public static float AfterReturning(ReadOnlySpan<float> vector, ICompletionPredictor predictor) => Explanations.NextSteps.AfterReturning(vector, predictor);

    /// <summary>The probability for a status and features: 1 for who completed, 0 for who withdrew or never enrolled, else the model's.</summary>
    public static float ProbabilityOf(EnrolmentStatus status, ICompletionPredictor predictor, ReadOnlySpan<float> vector) => status switch
    {
        EnrolmentStatus.Completed => 1,
        EnrolmentStatus.Active => predictor.Score(vector),
        _ => 0,
    };
}
