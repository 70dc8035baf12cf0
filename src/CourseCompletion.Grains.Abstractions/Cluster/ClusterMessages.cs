namespace CourseCompletion.Grains.Abstractions.Cluster;

/// <summary>A cluster at a moment.</summary>
/// <param name="AsOfMs">When it was asked, in milliseconds of Unix time.</param>
/// <param name="Silos">Its silos by address, the dead ones that are still listed among them.</param>
/// <param name="Grains">How many grains of each kind are active on silos that answer, the most frequent first.</param>
/// <param name="MarksOverdue">Rows and effects of learners that are stored and, at the last sweeps, had not been told for longer than <c>Sweep:OlderThan</c>.</param>
/// <param name="SweepAgeMs">How long ago the scheduler shard that is furthest behind finished a sweep, in milliseconds; -1 when one has not finished its first or does not answer.</param>
/// <param name="DeadLetters">Nudges that did not reach their learners and wait for an operator; -1 when unknown.</param>
/// <param name="Findings">What an operator should look at, the gravest first.</param>
[GenerateSerializer, Alias("cc.cluster-report"), Immutable]
public sealed record ClusterReport(
    [property: Id(0)] long AsOfMs,
    [property: Id(1)] ClusterSilo[] Silos,
    [property: Id(2)] GrainCount[] Grains,
    [property: Id(3)] long MarksOverdue,
    [property: Id(4)] long SweepAgeMs,
    [property: Id(5)] long DeadLetters,
    [property: Id(6)] ClusterFinding[] Findings);

/// <summary>A silo as its cluster lists it.</summary>
/// <param name="Address">Where it is, and since when: <c>127.0.0.1:11111@1234</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Its status in the membership table, such as <c>Active</c> or <c>Dead</c>.</param>
/// <param name="StartedAtMs">When it started, in milliseconds of Unix time.</param>
/// <param name="AliveAtMs">When it last wrote that it is alive, in milliseconds of Unix time.</param>
/// <param name="Report">What it says of itself; null when it does not answer.</param>
[GenerateSerializer, Alias("cc.cluster-silo"), Immutable]
public sealed record ClusterSilo(
    [property: Id(0)] string Address,
    [property: Id(1)] string Name,
    [property: Id(2)] string Status,
    [property: Id(3)] long StartedAtMs,
    [property: Id(4)] long AliveAtMs,
    [property: Id(5)] SiloReport? Report);

/// <summary>What a silo says of itself.</summary>
/// <param name="Version">The version of its program.</param>
/// <param name="Activations">Grains it keeps in memory.</param>
/// <param name="CpuPercent">Its share of the machine's processors, smoothed over some seconds, from 0 to 100.</param>
/// <param name="MemoryBytes">Memory it uses.</param>
/// <param name="MemoryBytesMax">Memory it may use.</param>
/// <param name="IsOverloaded">Whether it turns requests of clients away.</param>
/// <param name="RowsWaiting">Learners' rows that wait to be told to rosters.</param>
/// <param name="RowsWaitingMax">How many may wait; more are left to the sweep.</param>
/// <param name="NudgesUnderWay">Nudges being made ready for their channels.</param>
/// <param name="HotLearners">The learners with the most events of late, the hottest first.</param>
/// <param name="Store">How the store is, seen from there.</param>
[GenerateSerializer, Alias("cc.silo-report"), Immutable]
public sealed record SiloReport(
    [property: Id(0)] string Version,
    [property: Id(1)] int Activations,
    [property: Id(2)] double CpuPercent,
    [property: Id(3)] long MemoryBytes,
    [property: Id(4)] long MemoryBytesMax,
    [property: Id(5)] bool IsOverloaded,
    [property: Id(6)] int RowsWaiting,
    [property: Id(7)] int RowsWaitingMax,
    [property: Id(8)] int NudgesUnderWay,
    [property: Id(9)] HotLearner[] HotLearners,
    [property: Id(10)] StoreStatus Store);

/// <summary>A learner with many events.</summary>
/// <param name="Key">The learner's grain.</param>
/// <param name="Share">About which share of the silo's events of the last minutes were this learner's, from 0 to 1.</param>
[GenerateSerializer, Alias("cc.hot-learner"), Immutable]
public readonly record struct HotLearner([property: Id(0)] string Key, [property: Id(1)] double Share);

/// <summary>How many grains of a kind are active.</summary>
/// <param name="Kind">The grains' class, without its namespace.</param>
/// <param name="Activations">How many there are on all silos that answer.</param>
[GenerateSerializer, Alias("cc.grain-count"), Immutable]
public readonly record struct GrainCount([property: Id(0)] string Kind, [property: Id(1)] long Activations);

/// <summary>How the store is, seen from a silo; <see cref="Domain.Stores.StoreHealth"/> says what the figures are.</summary>
[GenerateSerializer, Alias("cc.store-status"), Immutable]
public sealed record StoreStatus(
    [property: Id(0)] string Kind,
    [property: Id(1)] string? Fault,
    [property: Id(2)] TimeSpan AnswerTime,
    [property: Id(3)] long QueuedBytes,
    [property: Id(4)] long UsedBytes,
    [property: Id(5)] long BytesMax,
    [property: Id(6)] string[] Weaknesses);

/// <summary>Something that an operator should look at.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Subject">What it is about: a silo's address, a learner's key, or the part of the cluster.</param>
/// <param name="Finding">What was found, with its figure.</param>
/// <param name="Cure">What it means, and what to do or to set.</param>
[GenerateSerializer, Alias("cc.cluster-finding"), Immutable]
public readonly record struct ClusterFinding(
    [property: Id(0)] FindingSeverity Severity, [property: Id(1)] string Subject, [property: Id(2)] string Finding, [property: Id(3)] string Cure);

/// <summary>How grave a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Notice = 0,

    /// <summary>It will become a fault if it goes on.</summary>
    Warning = 1,

    /// <summary>Something does not work, or can be lost.</summary>
    Fault = 2,
}

/// <summary>What became of a wish to drain a silo.</summary>
public enum DrainOutcome
{
    /// <summary>It was asked and ends by itself.</summary>
    Asked = 0,

    /// <summary>No silo of this address or name is active.</summary>
    Unknown = 1,

    /// <summary>It is the only one: nobody could take over what it keeps. End its process instead.</summary>
    Last = 2,

    /// <summary>It does not answer. When its process hangs, the others put it out by themselves.</summary>
    NoAnswer = 3,
}
