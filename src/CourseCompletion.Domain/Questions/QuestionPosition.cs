namespace CourseCompletion.Domain.Questions;

/// <summary>Where a question stands in a list; a page begins after one.</summary>
/// <param name="Score">Votes for it less votes against it.</param>
/// <param name="AskedAtMs">When it was asked.</param>
/// <param name="Question">The question.</param>
public readonly record struct QuestionPosition(int Score, long AskedAtMs, QuestionId Question)
{
    /// <summary>The position of a question.</summary>
    public static QuestionPosition Of(QuestionState question) => new(question.Votes.Score, question.AskedAtMs, question.Id);

    /// <summary>Below 0 when this comes before another in an order.</summary>
    public int CompareTo(QuestionPosition other, QuestionOrder order)
    {
        var byScore = order == QuestionOrder.Votes ? other.Score.CompareTo(Score) : 0;
        var byAge = byScore != 0 ? byScore : other.AskedAtMs.CompareTo(AskedAtMs);
        return byAge != 0 ? byAge : other.Question.Value.CompareTo(Question.Value);
    }
}
