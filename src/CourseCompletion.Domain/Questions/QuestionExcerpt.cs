namespace CourseCompletion.Domain.Questions;

/// <summary>How much of a text goes into a reminder: it is kept in the learner's state and journal.</summary>
public static class QuestionExcerpt
{
    /// <summary>The longest excerpt, in UTF-16 units.</summary>
    public const int LengthMax = 160;

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    public static string Of(string text)
    {
        if (text.Length <= LengthMax)
        {
            return text;
        }

        var length = LengthMax - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
    }
}
