using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>Which questions a reader asks for.</summary>
/// <param name="Filter">Which ones.</param>
/// <param name="Lesson">Those of a lesson; "" for all.</param>
/// <param name="Asker">Those that a learner asked; null for all.</param>
/// <param name="Order">In which order.</param>
/// <param name="After">After which one; null to start.</param>
/// <param name="Limit">At most so many.</param>
public sealed record QuestionSelection(QuestionFilter Filter, string Lesson, LearnerId? Asker, QuestionOrder Order, QuestionPosition? After, int Limit)
{
    /// <summary>Selects a page.</summary>
    public IReadOnlyList<QuestionState> From(IEnumerable<QuestionState> questions, long atMs, QuestionPolicy policy)
    {
        var found = questions.Where(question => Includes(question, atMs, policy)).ToList();
        found.Sort((left, right) => QuestionPosition.Of(left).CompareTo(QuestionPosition.Of(right), Order));
        return [.. found.Where(question => After is not { } after || QuestionPosition.Of(question).CompareTo(after, Order) > 0).Take(Limit)];
    }

    private bool Includes(QuestionState question, long atMs, QuestionPolicy policy) =>
        (Lesson.Length == 0 || question.Lesson == Lesson)
        && (Asker is not { } asker || question.Asker == asker)
        && Filter switch
        {
            QuestionFilter.Open => !question.IsAnswered,
            QuestionFilter.Answered => question.IsAnswered,
            QuestionFilter.Overdue => question.IsOverdueAt(atMs, policy),
            QuestionFilter.Unaccepted => question.Accepted is null,
            _ => true,
        };
}
