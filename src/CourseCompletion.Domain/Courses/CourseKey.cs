using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Courses;

/// <summary>The key of a course's grain: <c>{tenant}/{course}</c>, percent-encoded.</summary>
public readonly record struct CourseKey
{
    private CourseKey(string value) => Value = value;

    /// <summary>The key's text.</summary>
    public string Value { get; }

    /// <summary>The tenant that owns the course.</summary>
    public TenantId Tenant => KeyText.TenantOf(Value);

    /// <summary>The course.</summary>
    public CourseId Course => new(KeyText.Decode(Value.AsSpan(Value.IndexOf('/', StringComparison.Ordinal) + 1)));

    /// <summary>Builds the key of a course.</summary>
    public static CourseKey For(TenantId tenant, CourseId course) =>
        new(string.Concat(KeyText.Encode(tenant.Value), "/", KeyText.Encode(course.Value)));

    /// <summary>Reads a key's text back.</summary>
    /// <exception cref="FormatException">The text is not <c>{tenant}/{course}</c>.</exception>
    public static CourseKey Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash == text.LastIndexOf('/') && slash < text.Length - 1
            ? new(text)
            : throw new FormatException($"'{text}' is not a course key ({{tenant}}/{{course}}).");
    }

    /// <summary>The roster shard that holds a learner's row when the course has <paramref name="shardCount"/> shards.</summary>
    public RosterKey RosterFor(LearnerId learner, int shardCount) => RosterKey.For(this, ShardOf(learner, shardCount));

    /// <summary>The number of that shard.</summary>
    public static int ShardOf(LearnerId learner, int shardCount) => shardCount == 1 ? 0 : KeyHash.Bucket(learner.Value, shardCount);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
