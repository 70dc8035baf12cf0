using Xunit;

namespace CourseCompletion.EndToEndTests.Redis;

/// <summary>Whether tests against a real Redis run: a laptop without redis-server skips them, continuous integration fails.</summary>
public static class RedisRequirement
{
    public const string Missing = "redis-server is not on the PATH (Debian: apt-get install redis-server; macOS: brew install redis).";

    /// <summary>Why such tests are skipped here; null when they run.</summary>
    public static string? SkipReason { get; } =
        RedisServer.Executable is null && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? Missing
            : null;
}

/// <summary>A test that needs a real Redis.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = RedisRequirement.SkipReason;
}

/// <summary>A test with several inputs that needs a real Redis.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute() => Skip = RedisRequirement.SkipReason;
}
