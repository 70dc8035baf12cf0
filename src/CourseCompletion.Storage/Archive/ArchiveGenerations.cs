using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Storage.Archive;

/// <summary>Which frames of an archive were written again by a later incarnation of the store, after a restore.</summary>
/// <remarks>Kept as ranges, for a learner's frames are archived in runs: memory grows with the learners archived since the first restore, not with their frames.</remarks>
internal sealed class ArchiveGenerations
{
    private readonly Dictionary<LearnerKey, List<Run>> _runs = [];

    /// <summary>Notes the frames of a block.</summary>
    public void Add(long incarnation, List<ArchivedFrame> frames)
    {
        foreach (var (learner, frame) in frames)
        {
            if (!_runs.TryGetValue(learner, out var runs))
            {
                _runs.Add(learner, runs = []);
            }

            if (runs.Count > 0 && runs[^1] is var last && last.Incarnation == incarnation && frame.Sequence >= last.First && frame.Sequence <= last.Last + 1)
            {
                runs[^1] = last with { Last = Math.Max(last.Last, frame.Sequence) };
            }
            else
            {
                runs.Add(new Run(incarnation, frame.Sequence, frame.Sequence));
            }
        }
    }

    /// <summary>Whether a later incarnation archived the same sequence of the same learner.</summary>
    public bool IsSuperseded(long incarnation, in ArchivedFrame frame)
    {
        if (_runs.TryGetValue(frame.Learner, out var runs))
        {
            foreach (var run in runs)
            {
                if (run.Incarnation > incarnation && run.First <= frame.Frame.Sequence && frame.Frame.Sequence <= run.Last)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private readonly record struct Run(long Incarnation, long First, long Last);
}
