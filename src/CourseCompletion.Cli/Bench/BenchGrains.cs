using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Recommendations;

namespace CourseCompletion.Cli.Bench;

/// <summary>A learner that only takes events.</summary>
internal abstract class BenchLearnerGrain : Grain, ILearnerGrain
{
    public abstract ValueTask<RecordOutcome> RecordAsync(EventBatch batch);

    public ValueTask<LearnerAnswer<LearnerProfile>> GetProfileAsync(long? asOfMs) => throw new NotSupportedException();

    public ValueTask<LearnerAnswer<EnrolmentView>> GetEnrolmentAsync(CourseId course, long? asOfMs) => throw new NotSupportedException();

    public ValueTask<LearnerChange?> WatchAsync(LearnerVersion seen, TimeSpan patience) => throw new NotSupportedException();

    public ValueTask<LearnerProfile?> ResetWatermarkAsync(string? source) => throw new NotSupportedException();

    public ValueTask<CorrectionOutcome> CorrectInterestAsync(string topic, InterestVerdict verdict) => throw new NotSupportedException();

    public ValueTask<Rejection?> NoteSearchAsync(string query) => throw new NotSupportedException();

    public ValueTask<PreferencesOutcome> SetPreferencesAsync(LearnerPreferences preferences) => throw new NotSupportedException();

    public ValueTask<CheckInsAnswer> GetCheckInsAsync(CourseId course, string? campaign) => throw new NotSupportedException();

    public ValueTask<NextClipView[]?> GetNextClipsAsync(CourseId course, int limit) => throw new NotSupportedException();

    public ValueTask<LearnerPreferences> GetPreferencesAsync() => throw new NotSupportedException();

    public ValueTask OptOutAsync(NudgePurpose purpose) => throw new NotSupportedException();

    public ValueTask<NudgeView[]> ListNudgesAsync(NudgeQuery query) => throw new NotSupportedException();

    public ValueTask<RecommendationList> RecommendCoursesAsync(int limit) => throw new NotSupportedException();

    public ValueTask<Rejection?> DismissRecommendationAsync(CourseId course, DismissalReason reason) => throw new NotSupportedException();

    public ValueTask<NudgeChange?> WatchNudgesAsync(LearnerVersion seen, TimeSpan patience) => throw new NotSupportedException();
}

/// <summary>A learner that accepts everything and keeps nothing: what the runtime alone costs.</summary>
internal sealed class StorelessLearnerGrain : BenchLearnerGrain
{
    public override ValueTask<RecordOutcome> RecordAsync(EventBatch batch) => new(BenchOutcome.Accept(batch));
}

/// <summary>A learner that writes its state through Orleans' grain storage on every call: what people write first.</summary>
internal sealed class WriteStateLearnerGrain([PersistentState("learner", WriteStateLearnerGrain.StorageName)] IPersistentState<BenchLearner> state) : BenchLearnerGrain
{
    /// <summary>The grain storage provider it writes with.</summary>
    public const string StorageName = "bench";

    public override async ValueTask<RecordOutcome> RecordAsync(EventBatch batch)
    {
        foreach (var e in batch.Events)
        {
            state.State.Events++;
            state.State.LastAtMs = Math.Max(state.State.LastAtMs, e.OccurredAtMs);
            state.State.Counts[(int)e.Kind]++;
        }

        await state.WriteStateAsync();
        return BenchOutcome.Accept(batch);
    }
}

/// <summary>About as much state as a learner's profile: 700 bytes when stored as JSON.</summary>
[GenerateSerializer, Alias("cc.bench.learner")]
internal sealed class BenchLearner
{
    [Id(0)]
    public long Events { get; set; }

    [Id(1)]
    public long LastAtMs { get; set; }

    [Id(2)]
    public long[] Counts { get; set; } = new long[32];

    [Id(3)]
    public double[] Recent { get; set; } = new double[64];
}

/// <summary>The answer of learners that do not decide.</summary>
internal static class BenchOutcome
{
    public static RecordOutcome Accept(EventBatch batch) => new(
        new EventOutcome[batch.Events.Length],
        [new EnrolmentScore(batch.Events[0].Course, 0.5f, "none", batch.Events[0].OccurredAtMs)]);
}
