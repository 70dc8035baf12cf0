namespace CourseCompletion.Storage.Redis;

/// <summary>The store at hand can lose writes that it acknowledged, and nobody allowed that.</summary>
public sealed class WeakDurabilityException : Exception
{
    /// <summary>Reports each setting that is too weak, its cure, and what can be lost.</summary>
    public WeakDurabilityException(IReadOnlyList<string> weaknesses)
        : base(Explain(weaknesses)) => Weaknesses = weaknesses;

    /// <summary>One sentence or more for each setting.</summary>
    public IReadOnlyList<string> Weaknesses { get; }

    private static string Explain(IReadOnlyList<string> weaknesses) =>
        "This Redis can lose events that were acknowledged:" + Environment.NewLine
        + string.Join(Environment.NewLine, weaknesses.Select(weakness => "  - " + weakness)) + Environment.NewLine
        + "To start all the same, and accept that loss, set Storage:AllowWeakDurability=true.";
}
