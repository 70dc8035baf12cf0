using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;

namespace CourseCompletion.UnitTests.Simulation;

/// <summary>One shard of a course's roster: rows stored singly, and sums kept in memory beside them.</summary>
internal sealed class SimulatedRoster
{
    private readonly Dictionary<LearnerId, byte[]> _stored = [];
    private readonly Dictionary<LearnerId, RosterRow> _rows = [];

    public RosterSums Sums { get; private set; } = new();

    public IReadOnlyCollection<RosterRow> Rows => _rows.Values;

    /// <summary>How many rows were refused because a newer one was there.</summary>
    public int StaleRows { get; private set; }

    /// <summary>Takes a row over unless it has a newer one; the row is durable when this returns.</summary>
    public void Receive(byte[] payload)
    {
        var row = RosterRowCodec.Decode(payload);
        if (!_rows.TryGetValue(row.Learner, out var known))
        {
            Sums.Add(row, 1);
        }
        else if (row.Version > known.Version)
        {
            Sums.Replace(known, row);
        }
        else if (row.Version < known.Version)
        {
            StaleRows++;
            return;
        }
        else
        {
            // The alarm of the engine: one version, two contents.
            RosterGen.AssertSame(known, row);
            return;
        }

        _rows[row.Learner] = row;
        _stored[row.Learner] = payload;
    }

    /// <summary>Loses what is in memory and rebuilds it from the stored rows.</summary>
    public void Crash()
    {
        _rows.Clear();
        Sums = new RosterSums();
        foreach (var (learner, payload) in _stored)
        {
            _rows.Add(learner, RosterRowCodec.Decode(payload));
            Sums.Add(_rows[learner], 1);
        }
    }
}
