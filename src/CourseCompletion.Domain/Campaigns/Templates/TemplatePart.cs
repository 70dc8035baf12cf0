namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>A piece of a parsed text: words as they are, or a variable.</summary>
/// <param name="Literal">The words; "" for a variable.</param>
/// <param name="Variable">The variable; null for words.</param>
internal readonly record struct TemplatePart(string Literal, TemplateVariable? Variable);
