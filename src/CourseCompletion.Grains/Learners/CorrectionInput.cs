using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Learners;

/// <summary>What a learner says about an interest, to go into the next append.</summary>
internal sealed class CorrectionInput(InterestCorrection correction)
{
    /// <summary>The correction, checked.</summary>
    public InterestCorrection Correction { get; } = correction;

    /// <summary>Why there is no room for it, once it is decided; null when there is.</summary>
    public Rejection? Refusal { get; set; }
}
