namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>What one learner is told.</summary>
/// <param name="Locale">The language it is in.</param>
/// <param name="Subject">One line, at most <see cref="TemplateRules.SubjectBytesMax"/> bytes, without control characters.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">HTML with every value escaped; null when there is none.</param>
/// <param name="Link">Where a tap leads; null for nowhere.</param>
public sealed record RenderedNudge(string Locale, string Subject, string Text, string? Html, string? Link);
