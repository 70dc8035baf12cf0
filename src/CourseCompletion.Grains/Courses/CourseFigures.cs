using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Grains.Courses;

/// <summary>The latest report of each roster shard of a course.</summary>
/// <param name="firstRevision">Where revisions begin: beyond those of earlier activations, so that no two states of a course share one.</param>
internal sealed class CourseFigures(long firstRevision)
{
    private readonly Dictionary<int, RosterSums> _shards = [];

    /// <summary>Grows with every report.</summary>
    public long Revision { get; private set; } = firstRevision;

    /// <summary>How many shards have reported.</summary>
    public int ShardsReported => _shards.Count;

    /// <summary>The oldest instant for which a shard's time-dependent sums hold; 0 before the first report.</summary>
    public long OldestAsOfMs => _shards.Count == 0 ? 0 : _shards.Values.Min(sums => sums.Timed.AsOfMs);

    /// <summary>Replaces what is known of a shard.</summary>
    public void Take(int shard, RosterSums sums)
    {
        _shards[shard] = sums;
        Revision++;
    }

    /// <summary>What all shards say for the completion index.</summary>
    public WindowSums MergeWindows() => WindowSums.Merge([.. _shards.Values.Select(sums => sums.Window)]);

    /// <summary>The sum over all shards.</summary>
    public RosterSums Merge()
    {
        var merged = new RosterSums();
        foreach (var sums in _shards.Values)
        {
            merged.Merge(sums);
        }

        return merged.WithOutside();
    }
}
