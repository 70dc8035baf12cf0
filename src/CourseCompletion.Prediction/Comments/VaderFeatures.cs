using CourseCompletion.Prediction.Comments.Vader;

namespace CourseCompletion.Prediction.Comments;

/// <summary>What VADER says of an English text, as numbers that a linear model can weigh.</summary>
internal static class VaderFeatures
{
    /// <summary>How many there are: the score; whether no word of the lexicon stands in the text; whether the score is clearly bad; clearly good.</summary>
    public const int Count = 4;

    private const float Clear = 0.3f;
    private const float Yes = 0.5f;

    /// <summary>Reads them.</summary>
    public static void Read(ReadOnlySpan<char> text, Span<float> to)
    {
        var score = (float)VaderRules.Compound(text);
        to[0] = score;
        to[1] = score == 0 ? Yes : 0;
        to[2] = score < -Clear ? Yes : 0;
        to[3] = score > Clear ? Yes : 0;
    }
}
