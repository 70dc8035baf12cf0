using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Learners;

/// <summary>An enrolment that an append touches, with what was concluded for it.</summary>
internal struct TouchedEnrolment(EnrolmentState enrolment, CourseEntry course)
{
    public readonly EnrolmentState Enrolment = enrolment;
    public readonly CourseEntry Course = course;
    public EnrolmentConclusion Conclusion;
    public long EvaluatedAtMs;
    public float[] Features = [];
}
