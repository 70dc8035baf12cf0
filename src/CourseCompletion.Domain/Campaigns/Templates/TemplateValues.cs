namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>What one learner's message says in place of variables; a variable without a value is left out of the text.</summary>
public sealed class TemplateValues
{
    private readonly string?[] _values = new string?[TemplateVariables.Names.Count];

    /// <summary>The value of a variable, as it is: escaping is the renderer's business.</summary>
    public string? this[TemplateVariable variable]
    {
        get => _values[(int)variable];
        set => _values[(int)variable] = value;
    }
}
