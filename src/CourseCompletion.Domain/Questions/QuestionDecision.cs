using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>What a request about a question comes to.</summary>
/// <param name="State">The question from then on; the same version when the request changed nothing, null when it was refused.</param>
/// <param name="Fault">Why it was refused.</param>
public readonly record struct QuestionDecision(QuestionState? State, Rejection? Fault)
{
    /// <summary>The question as it is, or as it becomes.</summary>
    public static QuestionDecision Of(QuestionState state) => new(state, null);

    /// <summary>A refusal.</summary>
    public static QuestionDecision Refuse(Rejection fault) => new(null, fault);
}
