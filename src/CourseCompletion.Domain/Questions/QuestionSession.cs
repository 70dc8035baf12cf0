using System.Globalization;

namespace CourseCompletion.Domain.Questions;

/// <summary>A live session in which questions are answered.</summary>
/// <param name="Id">Names it within its course, 1 to 96 bytes.</param>
/// <param name="Title">What it is called.</param>
/// <param name="StartsAtMs">When it begins.</param>
/// <param name="RemindedAtMs">When everybody was reminded who had an open question; 0 before.</param>
public sealed record QuestionSession(string Id, string Title, long StartsAtMs, long RemindedAtMs)
{
    /// <summary>The occurrence that it is to campaigns; one that is moved is another occurrence.</summary>
    public string Occurrence => string.Create(CultureInfo.InvariantCulture, $"session:{Id}@{StartsAtMs / 60_000}");
}
