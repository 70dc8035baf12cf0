namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>Why a text cannot be parsed.</summary>
/// <param name="Name">The name that is no variable's; null when the braces are not closed.</param>
/// <param name="At">Where the opening braces stand, in UTF-16 units from the text's beginning.</param>
internal readonly record struct TemplateFault(string? Name, int At);
