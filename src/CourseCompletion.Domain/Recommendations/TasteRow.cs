using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>What one learner took and completed, as it is told to the tenant's recommender. Newer rows say all that older ones said, so they may arrive repeatedly and in any order.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Version">Which state of the learner it stems from.</param>
/// <param name="Total">How many courses the learner took in all. It only grows.</param>
/// <param name="Courses">The newest of them, at most <see cref="CoursesMax"/>, oldest first.</param>
public sealed record TasteRow(LearnerId Learner, RowVersion Version, int Total, IReadOnlyList<CourseId> Courses)
{
    /// <summary>How many courses a row has at most.</summary>
    public const int CoursesMax = 20;

    /// <summary>How many courses the learner completed in all. It only grows.</summary>
    public int CompletedTotal { get; init; }

    /// <summary>The newest completions, at most <see cref="CoursesMax"/>, oldest first.</summary>
    public IReadOnlyList<CourseId> Completed { get; init; } = [];

    /// <summary>The row of a learner as it is now.</summary>
    public static TasteRow From(LearnerId learner, long incarnation, LearnerState state)
    {
        var (taken, completed) = (TasteRules.TakenBy(state), TasteRules.CompletedBy(state));
        return new(learner, new(incarnation, state.Sequence, 0), taken.Count, NewestOf(taken)) { CompletedTotal = completed.Count, Completed = NewestOf(completed) };
    }

    private static List<CourseId> NewestOf(List<CourseId> courses) => courses.Count <= CoursesMax ? courses : courses[^CoursesMax..];
}
