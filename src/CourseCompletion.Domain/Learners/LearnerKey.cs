using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Learners;

/// <summary>The key of a learner's grain, journal and snapshot: <c>{tenant}/{learner}</c>, percent-encoded.</summary>
public readonly record struct LearnerKey
{
    private LearnerKey(string value) => Value = value;

    /// <summary>The key's text.</summary>
    public string Value { get; }

    /// <summary>The tenant that owns the learner.</summary>
    public TenantId Tenant => KeyText.TenantOf(Value);

    /// <summary>The learner.</summary>
    public LearnerId Learner => new(KeyText.Decode(Value.AsSpan(Value.IndexOf('/', StringComparison.Ordinal) + 1)));

    /// <summary>Builds the key of a learner.</summary>
    public static LearnerKey For(TenantId tenant, LearnerId learner) =>
        new(string.Concat(KeyText.Encode(tenant.Value), "/", KeyText.Encode(learner.Value)));

    /// <summary>Reads a key's text back.</summary>
    /// <exception cref="FormatException">The text is not <c>{tenant}/{learner}</c>.</exception>
    public static LearnerKey Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash == text.LastIndexOf('/') && slash < text.Length - 1
            ? new(text)
            : throw new FormatException($"'{text}' is not a learner key ({{tenant}}/{{learner}}).");
    }

    /// <summary>The store partition, from 0 to <paramref name="count"/> - 1, that holds this learner.</summary>
    public int Partition(int count) => KeyHash.Bucket(Value, count);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
