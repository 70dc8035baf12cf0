using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Which features may only raise a probability, and which may only lower it: more recent activity, more progress and better scores never harm.</summary>
public static class MonotoneFeatures
{
    private static readonly int[] _lower = [FeatureIndex.HoursSilent, FeatureIndex.GapNow, FeatureIndex.LongestAbsence, FeatureIndex.Missing, FeatureIndex.Late];

    private static readonly int[] _raise =
    [
        FeatureIndex.ActiveDays3, FeatureIndex.ActiveDays7, FeatureIndex.ActiveDays14, FeatureIndex.ActiveDays28, FeatureIndex.ActiveDayShare,
        FeatureIndex.Progress, FeatureIndex.Pace, FeatureIndex.LessonsCompleted, FeatureIndex.LessonReach, FeatureIndex.WatchedShare, FeatureIndex.SubmittedShare,
        FeatureIndex.HandedIn, FeatureIndex.ScoreMean, FeatureIndex.ScoreLatest, FeatureIndex.ScoreLowest,
        .. Enumerable.Range((int)Domain.Learners.DecayFamily.Any * Domain.Learners.DecayedCounts.HalfLifeCount, Domain.Learners.DecayedCounts.HalfLifeCount),
    ];

    /// <summary>For each feature 1 where more may only raise the probability, -1 where it may only lower it, 0 elsewhere.</summary>
    public static IReadOnlyList<int> Signs { get; } =
        [.. Enumerable.Range(0, CompletionFeatures.Count).Select(i => _raise.Contains(i) ? 1 : _lower.Contains(i) ? -1 : 0)];
}
