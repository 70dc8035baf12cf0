namespace CourseCompletion.Prediction.Completion;

/// <summary>What a model predicts. The numbers are stored in model files and never reused.</summary>
public enum CompletionTarget : byte
{
    /// <summary>The course's completion rule is met by its end.</summary>
    CompletedByRule = 1,

    /// <summary>The course is passed, as its provider decided.</summary>
    Passed = 2,

    /// <summary>The learner is active in the ten days after the observation ends: a proxy, not completion.</summary>
    Persisted10Days = 3,
}

/// <summary>The targets' names in files and options.</summary>
public static class CompletionTargets
{
    private static readonly (CompletionTarget Target, string Name)[] _names =
    [
        (CompletionTarget.CompletedByRule, "completed_by_rule"), (CompletionTarget.Passed, "passed"), (CompletionTarget.Persisted10Days, "persisted_10d"),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> AllNames { get; } = [.. _names.Select(pair => pair.Name)];

    /// <summary>The name of a target.</summary>
    public static string NameOf(CompletionTarget target) => Array.Find(_names, pair => pair.Target == target).Name ?? $"unknown ({(byte)target})";

    /// <summary>Whether a target is completion, so that its probability may be shown as such; a proxy is not.</summary>
    public static bool IsCompletion(CompletionTarget target) => target is CompletionTarget.CompletedByRule or CompletionTarget.Passed;

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string name, out CompletionTarget target)
    {
        target = Array.Find(_names, pair => pair.Name == name).Target;
        return target != 0;
    }
}
