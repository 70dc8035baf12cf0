namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>What a template says in one language. Every part may have variables.</summary>
/// <param name="Locale">A language tag (BCP 47) such as <c>zh-CN</c> or <c>en</c>.</param>
/// <param name="Subject">One line: the title in the app, the subject of an e-mail.</param>
/// <param name="Body">Plain text.</param>
/// <param name="Html">The same for e-mail as HTML; null sends plain text only.</param>
/// <param name="Link">Where a tap leads: an absolute address, https or of the app's own scheme; null for nowhere.</param>
public sealed record NudgeText(string Locale, string Subject, string Body, string? Html = null, string? Link = null);
