using CourseCompletion.Domain.Campaigns.Gate;

namespace CourseCompletion.Domain.Questions;

/// <summary>Names a question within its course: a hash of who asked and of the request, written as 32 hexadecimal digits, so that a retry names the same question.</summary>
public readonly record struct QuestionId(UInt128 Value)
{
    /// <summary>Reads a text; false for anything that is not one.</summary>
    public static bool TryParse(string? text, out QuestionId id)
    {
        var isOne = NudgeIds.TryParse(text, out var value);
        id = new(value);
        return isOne;
    }

    /// <inheritdoc/>
    public override string ToString() => NudgeIds.ToText(Value);
}
