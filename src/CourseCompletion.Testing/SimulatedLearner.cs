using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;

namespace CourseCompletion.Testing;

/// <summary>A learner of a run: what is preferred, and what is done when.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Course">The course; the learner is enrolled in it when added.</param>
public sealed record SimulatedLearner(LearnerId Learner, CourseId Course)
{
    /// <summary>The zone, quiet hours, channels and so on.</summary>
    public LearnerPreferences Preferences { get; init; } = LearnerPreferences.None;

    /// <summary>What the learner does on a day, asked when that day begins where the learner is; null for a learner who does nothing alone.</summary>
    public Func<LearnerDay, IEnumerable<LearnerEvent>>? Day { get; init; }

    /// <summary>What the learner does upon a nudge, now or later; null for one who takes no notice.</summary>
    public Func<LearnerDay, SentNudge, IEnumerable<LearnerEvent>>? Nudged { get; init; }

    /// <summary>What a real learner did, in any order; it reaches the engine when its time comes, and what lies before the run at once.</summary>
    public IReadOnlyList<LearnerEvent> Recorded { get; init; } = [];
}
