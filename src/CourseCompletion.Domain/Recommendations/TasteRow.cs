using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>What one learner took, as it is told to the tenant's recommender. Newer rows say all that older ones said, so they may arrive repeatedly and in any order.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Version">Which state of the learner it stems from.</param>
/// <param name="Total">How many courses the learner took in all. It only grows.</param>
/// <param name="Courses">The newest of them, at most <see cref="CoursesMax"/>, oldest first.</param>
public sealed record TasteRow(LearnerId Learner, RowVersion Version, int Total, IReadOnlyList<CourseId> Courses)
{
    /// <summary>How many courses a row has at most.</summary>
    public const int CoursesMax = 20;

    /// <summary>The row of a learner as it is now.</summary>
    public static TasteRow From(LearnerId learner, long incarnation, LearnerState state)
    {
        var taken = TasteRules.TakenBy(state);
        return new(learner, new(incarnation, state.Sequence, 0), taken.Count, taken.Count <= CoursesMax ? taken : taken[^CoursesMax..]);
    }
}
