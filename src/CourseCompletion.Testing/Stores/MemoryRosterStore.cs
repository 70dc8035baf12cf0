using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Testing.Stores;

/// <summary>Roster rows in memory.</summary>
internal sealed class MemoryRosterStore : IRosterStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RosterKey, Dictionary<LearnerId, StoredRosterRow>> _rosters = [];

    public ValueTask TakeOverAsync(RosterKey roster, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<StoredRosterRow> ReadAsync(RosterKey roster, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        StoredRosterRow[] rows;
        lock (_lock)
        {
            rows = _rosters.TryGetValue(roster, out var known) ? [.. known.Values] : [];
        }

        foreach (var row in rows)
        {
            yield return row;
        }
    }

    /// <summary>Makes stored rows unreadable.</summary>
    public void Damage(RosterKey roster, params LearnerId[] learners)
    {
        lock (_lock)
        {
            foreach (var learner in learners)
            {
                _rosters[roster][learner] = StoredRosterRow.Damaged(learner);
            }
        }
    }

    public async ValueTask WriteAsync(
        RosterKey roster, IReadOnlyList<StoredRosterRow> upserts, IReadOnlyList<RosterRowRemoval> removals, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        lock (_lock)
        {
            if (!_rosters.TryGetValue(roster, out var known))
            {
                _rosters.Add(roster, known = []);
            }

            foreach (var row in upserts)
            {
                if (!known.TryGetValue(row.Learner, out var stored) || stored.Version <= row.Version)
                {
                    known[row.Learner] = row with { Payload = row.Payload.ToArray() };
                }
            }

            foreach (var (learner, version) in removals)
            {
                if (known.TryGetValue(learner, out var stored) && stored.Version <= version)
                {
                    known.Remove(learner);
                }
            }
        }
    }
}
