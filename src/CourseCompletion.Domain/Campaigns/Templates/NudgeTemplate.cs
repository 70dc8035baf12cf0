namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>What a reminder says, in each language that was written for it.</summary>
/// <param name="Id">Names the template within its campaign.</param>
/// <param name="FallbackLocale">The language for learners whose own has no text; one of the texts is in it.</param>
/// <param name="Texts">The texts, one a language.</param>
public sealed record NudgeTemplate(string Id, string FallbackLocale, IReadOnlyList<NudgeText> Texts)
{
    /// <inheritdoc/>
    public bool Equals(NudgeTemplate? other) =>
        other is not null && Id == other.Id && FallbackLocale == other.FallbackLocale && Texts.SequenceEqual(other.Texts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, FallbackLocale, Texts.Count);
}
