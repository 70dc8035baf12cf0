using Akka.Actor;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Recommendations;

namespace CourseCompletion.Peers.Learners;

/// <summary>A learner's actor as the gateway sees it: each call asks the shard region.</summary>
/// <remarks>Without a timeout of its own, which would cost a timer a call: the gateway has one a batch.</remarks>
internal sealed class AskedLearner(IActorRef region, LearnerKey key) : ILearnerGrain
{
    public ValueTask<RecordOutcome> RecordAsync(EventBatch batch) => new(region.Ask<RecordOutcome>(new RecordEvents(key, batch)));

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
