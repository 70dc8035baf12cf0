using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>The key of a tenant's recommender, and how pending marks name it.</summary>
public readonly record struct RecommenderKey
{
    // Looks like a campaign's target, with an id that no encoded one has: during a rolling upgrade a silo of the release before takes it for a campaign that the learner has
    // no part in, and leaves the mark for a silo that knows better. Anything else it would take for a course, and make a draft of it.
    private const string TargetPrefix = "campaign:";
    private const string TargetSuffix = "/:recommender";

    private RecommenderKey(string value) => Value = value;

    /// <summary>The grain's key: the tenant, percent-encoded.</summary>
    public string Value { get; }

    /// <summary>What a learner's pending mark names when there is something to tell the recommender.</summary>
    public string Target => string.Concat(TargetPrefix, Value, TargetSuffix);

    /// <summary>The tenant.</summary>
    public TenantId Tenant => new(KeyText.Decode(Value));

    /// <summary>The key of a tenant's recommender.</summary>
    public static RecommenderKey For(TenantId tenant) => new(KeyText.Encode(tenant.Value));

    /// <summary>Reads a grain's key back.</summary>
    public static RecommenderKey Parse(string text) => new(text);

    /// <summary>The recommender that a pending mark's target names; false when it names something else.</summary>
    public static bool TryOfTarget(string target, out RecommenderKey recommender)
    {
        var names = target.EndsWith(TargetSuffix, StringComparison.Ordinal) && target.StartsWith(TargetPrefix, StringComparison.Ordinal);
        recommender = names ? new(target[TargetPrefix.Length..^TargetSuffix.Length]) : default;
        return names;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
