using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>What the Redis store needs to know.</summary>
internal sealed record RedisStoreOptions
{
    /// <summary>Where Redis is, in StackExchange.Redis' format.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The Orleans service id, below which all keys lie.</summary>
    public required string ServiceId { get; init; }

    /// <summary>The directory of this silo's witness.</summary>
    public required string WitnessDirectory { get; init; }

    /// <summary>Whether a store that the witness contradicts is accepted, in a new incarnation.</summary>
    public bool AcceptStore { get; init; }

    /// <summary>The number of partitions of a store that is created now; a store that exists keeps its own.</summary>
    public int PartitionCount { get; init; } = 16;

    /// <summary>How long a command may take before its outcome counts as unknown.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a Redis that can lose acknowledged writes is accepted.</summary>
    public bool AllowWeakDurability { get; init; }

    /// <summary>Appends that one script may carry. Lua's <c>unpack</c> allows 8,000 values, and a long script delays everybody else.</summary>
    public int AppendsPerScriptMax { get; init; } = 512;

    /// <summary>Bytes that one script may carry, unless a single append is larger.</summary>
    public int ScriptBytesMax { get; init; } = 1 << 20;

    /// <summary>Appends that may wait in a partition; callers wait for room beyond that.</summary>
    public int QueuedAppendsMax { get; init; } = 4096;

    /// <summary>Bytes of appends that may wait in all partitions together; more are refused.</summary>
    public int QueuedBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>The client's settings for a connection.</summary>
    public ConfigurationOptions Connection(string clientName) => RedisConnections.Parse(ConnectionString, clientName, CommandTimeout);
}
