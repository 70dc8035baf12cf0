using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Learns a <see cref="HazardHead"/> from snapshots: discrete-time survival, a row for a snapshot and a week ahead.</summary>
/// <remarks>Of each snapshot the next week is learned, and one later week at random that stands for all later ones whose end is known.</remarks>
public static class HazardTrainer
{
    private const int TreesMax = 100;
    private const int Leaves = 12;
    private const int StopsMin = 20;

    /// <summary>Learns it; null when too few learners are seen to stop.</summary>
    public static HazardHead? Train(
        CompletionHistory history,
        IReadOnlyList<SnapshotRow> snapshots,
        TrainingOptions options,
        IProgress<TrainingProgress> progress,
        string stage,
        CancellationToken cancellationToken)
    {
        var rows = ToRows(history, snapshots, options);
        if (rows.Labels.ToArray().Count(label => label > 0) < StopsMin)
        {
            return null;
        }

        var boosting = options.Boosting with
        {
            Trees = Math.Min(options.Boosting.Trees, TreesMax),
            Leaves = Leaves,
            Monotone = [.. MonotoneFeatures.Signs.Select(sign => -sign), 0],
        };
        return new(LightGbmTrainer.Train(rows, boosting, [], new ProgressOf(progress, $"{stage}: weeks of stopping", boosting.Trees), cancellationToken));
    }

    private static FeatureRows ToRows(CompletionHistory history, IReadOnlyList<SnapshotRow> snapshots, TrainingOptions options)
    {
        var stops = new StopTimes(history, options.Instants.UntilDay);
        var counts = snapshots.CountBy(row => row.Outcome).ToDictionary();
        var rows = new FeatureRows(CompletionFeatures.Count + 1);
        var vector = new float[CompletionFeatures.Count + 1];
        foreach (var row in snapshots)
        {
            var enrolment = history.Outcomes[row.Outcome];
            row.Vector.CopyTo(vector, 0);
            FeatureSelection.LeaveOut(options.LeftOut, vector);

            void Add(int week, int standsFor)
            {
                vector[^1] = week;
                rows.Add(vector, stops.StopsIn(enrolment, row.AsOfMs, week)!.Value, (float)standsFor / counts[row.Outcome]);
            }

            var known = Enumerable.Range(0, HazardHead.WeeksMax).TakeWhile(week => stops.StopsIn(enrolment, row.AsOfMs, week) is not null).Count();
            if (known > 0)
            {
                Add(0, 1);
            }

            if (known > 1)
            {
                Add(1 + (int)(ChanceOf(enrolment, row.AsOfMs) % (ulong)(known - 1)), known - 1);
            }
        }

        return rows;
    }

    // A function of the enrolment and the instant alone.
    private static ulong ChanceOf(EnrolmentOutcome enrolment, long asOfMs)
    {
        Span<byte> instant = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(instant, asOfMs);
        return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{enrolment.Learner.Value}\n{enrolment.Course.Value}"), BinaryPrimitives.ReadInt64LittleEndian(instant));
    }
}
