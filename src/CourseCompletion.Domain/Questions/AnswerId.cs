using CourseCompletion.Domain.Campaigns.Gate;

namespace CourseCompletion.Domain.Questions;

/// <summary>Names an answer: a hash of its question, of who gave it and of the request, written as 32 hexadecimal digits, so that a retry names the same answer.</summary>
public readonly record struct AnswerId(UInt128 Value)
{
    /// <summary>Reads a text; false for anything that is not one.</summary>
    public static bool TryParse(string? text, out AnswerId id)
    {
        var isOne = NudgeIds.TryParse(text, out var value);
        id = new(value);
        return isOne;
    }

    /// <inheritdoc/>
    public override string ToString() => NudgeIds.ToText(Value);
}
