using System.Globalization;
using System.Text;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using StackExchange.Redis;
using KeyHash = CourseCompletion.Domain.Tenants.KeyHash;

namespace CourseCompletion.Storage.Redis;

/// <summary>How the store's keys are named: all below the service id, and all keys of a partition in one hash slot of a Redis Cluster.</summary>
/// <remarks>
/// <c>{service}/cc/meta</c> identity; <c>{service}/{cc:pN}/heads</c> learner to head sequence; <c>.../pending</c> mark to version and age;
/// <c>.../j/{learner}</c> frames; <c>.../d/{learner}/{day}/{source}</c> sealed identities; <c>.../r/{roster}</c> rows of a roster shard;
/// <c>{service}/{cc:pN}/owners</c> roster to the silo that writes it.
/// The braces are part of the key: they name what Redis hashes, so that a script may touch every key of its partition.
/// </remarks>
internal sealed class RedisKeys
{
    private readonly string _partitionPrefix;
    private readonly RedisPartitionKeys[] _partitions;

    public RedisKeys(string serviceId, int partitionCount)
    {
        // Only the first pair of braces counts as the hash tag, so a service id must not bring its own.
        var service = Uri.EscapeDataString(serviceId);
        _partitionPrefix = $"{service}/{{cc:p";
        Pattern = $"{service}/{{cc:*";
        var states = string.Concat(serviceId.Select(letter => letter is '*' or '?' or '[' or ']' or '\\' ? $"\\{letter}" : $"{letter}")) + "/state/";
        (StatePattern, CoursePattern) = (states + "*", states + "course/*/course");
        _partitions = new RedisPartitionKeys[partitionCount];
        for (var partition = 0; partition < partitionCount; partition++)
        {
            _partitions[partition] = new RedisPartitionKeys($"{_partitionPrefix}{partition}}}/");
        }
    }

    public int PartitionCount => _partitions.Length;

    /// <summary>A pattern that the keys of learners and rosters match.</summary>
    public string Pattern { get; }

    /// <summary>A pattern that the grain states of Orleans' Redis storage match, and nothing else of this service.</summary>
    public string StatePattern { get; }

    /// <summary>A pattern that the states of courses' grains match.</summary>
    public string CoursePattern { get; }

    public static RedisKey Meta(string serviceId) => $"{Uri.EscapeDataString(serviceId)}/cc/meta";

    public RedisPartitionKeys Partition(int partition) => _partitions[partition];

    public RedisPartitionKeys Of(LearnerKey learner) => _partitions[learner.Partition(_partitions.Length)];

    /// <summary>The partition that holds a roster's rows: its heads carry the epoch that every script compares.</summary>
    public RedisPartitionKeys Of(RosterKey roster) => _partitions[KeyHash.Bucket(roster.Value, _partitions.Length)];

    public bool TryReadJournal(string key, out LearnerKey learner)
    {
        var found = TryReadPartition(key, "/j/", out var rest);
        learner = found ? LearnerKey.Parse(rest.ToString()) : default;
        return found;
    }

    public bool TryReadDedupe(string key, out LearnerKey learner, out DedupeSegmentId segment)
    {
        (learner, segment) = (default, default);
        if (!TryReadPartition(key, "/d/", out var rest))
        {
            return false;
        }

        // {tenant}/{learner}/{day}/{source}
        var afterTenant = rest.IndexOf('/') + 1;
        var afterLearner = afterTenant + rest[afterTenant..].IndexOf('/') + 1;
        var afterDay = afterLearner + rest[afterLearner..].IndexOf('/') + 1;
        learner = LearnerKey.Parse(rest[..(afterLearner - 1)].ToString());
        segment = new DedupeSegmentId(rest[afterDay..].ToString(), int.Parse(rest[afterLearner..(afterDay - 1)], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return true;
    }

    public bool TryReadRoster(string key, out RosterKey roster)
    {
        var found = TryReadPartition(key, "/r/", out var rest);
        roster = found ? RosterKey.Parse(rest.ToString()) : default;
        return found;
    }

    private bool TryReadPartition(string key, string kind, out ReadOnlySpan<char> rest)
    {
        rest = default;
        var brace = key.StartsWith(_partitionPrefix, StringComparison.Ordinal) ? key.IndexOf('}', _partitionPrefix.Length) : -1;
        if (brace < 0 || !key.AsSpan(brace + 1).StartsWith(kind, StringComparison.Ordinal))
        {
            return false;
        }

        rest = key.AsSpan(brace + 1 + kind.Length);
        return true;
    }
}

/// <summary>The keys of one partition.</summary>
internal sealed class RedisPartitionKeys(string prefix)
{
    private readonly byte[] _journalPrefix = Encoding.UTF8.GetBytes(prefix + "j/");
    private readonly string _dedupePrefix = prefix + "d/";
    private readonly byte[] _rosterPrefix = Encoding.UTF8.GetBytes(prefix + "r/");

    public RedisKey Heads { get; } = Encoding.UTF8.GetBytes(prefix + "heads");

    /// <summary>Which process took which roster over last.</summary>
    public RedisKey Owners { get; } = Encoding.UTF8.GetBytes(prefix + "owners");

    public RedisKey Pending { get; } = Encoding.UTF8.GetBytes(prefix + "pending");

    /// <summary>The list of a learner's frames; the prefix is shared, so that naming a key allocates nothing.</summary>
    public RedisKey Journal(LearnerKey learner) => ((RedisKey)_journalPrefix).Append(learner.Value);

    /// <summary>The rows of a roster shard.</summary>
    public RedisKey Roster(RosterKey roster) => ((RedisKey)_rosterPrefix).Append(roster.Value);

    /// <summary>The sealed identities of one source and day. The source comes last because it may contain any character.</summary>
    public RedisKey Dedupe(LearnerKey learner, DedupeSegmentId segment) =>
        string.Create(CultureInfo.InvariantCulture, $"{_dedupePrefix}{learner.Value}/{segment.Day}/{segment.Source}");
}
