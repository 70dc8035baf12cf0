using System.Collections.Concurrent;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Recommendations;

namespace CourseCompletion.UnitTests.Gateway;

/// <summary>Learners that answer as a test tells them to, and remember what they were sent.</summary>
internal sealed class FakeLearners : ILearnerDirectory
{
    private readonly ConcurrentDictionary<string, FakeLearner> _learners = new();

    /// <summary>Answers for learners that have no answer of their own: everything is accepted.</summary>
    public Func<EventBatch, ValueTask<RecordOutcome>> Otherwise { get; set; } = batch => new(Accepted(batch));

    public FakeLearner this[string learnerId] => _learners.GetOrAdd(learnerId, _ => new(this));

    public ILearnerGrain Find(LearnerKey key) => this[key.Learner.Value];

    /// <summary>Accepts every event; the probability is a hundredth of the learner's number of events.</summary>
    public static RecordOutcome Accepted(EventBatch batch) => new(
        new EventOutcome[batch.Events.Length],
        [.. batch.Events.Select(e => e.Course).Distinct().Select(course => new EnrolmentScore(course, batch.Events.Length / 100f, "prior-1", 1_000))]);
}

internal sealed class FakeLearner(FakeLearners directory) : ILearnerGrain
{
    private readonly ConcurrentQueue<EventBatch> _batches = [];

    public IReadOnlyList<EventBatch> Batches => [.. _batches];

    public Func<EventBatch, ValueTask<RecordOutcome>>? OnRecord { get; set; }

    public Func<LearnerVersion, ValueTask<LearnerChange?>> OnWatch { get; set; } = _ => new((LearnerChange?)null);

    public LearnerPreferences Preferences { get; private set; } = LearnerPreferences.None;

    public NudgeView[] Nudges { get; set; } = [];

    public LearnerAnswer<LearnerProfile> Profile { get; set; } = new(AnswerStatus.NotFound, null, 0);

    public LearnerAnswer<EnrolmentView> Enrolment { get; set; } = new(AnswerStatus.NotFound, null, 0);

    public ValueTask<RecordOutcome> RecordAsync(EventBatch batch)
    {
        _batches.Enqueue(batch);
        return (OnRecord ?? directory.Otherwise)(batch);
    }

    public ValueTask<LearnerAnswer<LearnerProfile>> GetProfileAsync(long? asOfMs) => new(Profile);

    public ValueTask<LearnerAnswer<EnrolmentView>> GetEnrolmentAsync(CourseId course, long? asOfMs) => new(Enrolment);

    public ValueTask<LearnerChange?> WatchAsync(LearnerVersion seen, TimeSpan patience) => OnWatch(seen);

    public ValueTask<LearnerProfile?> ResetWatermarkAsync(string? source) => new(Profile.Value!);

    public ValueTask<CorrectionOutcome> CorrectInterestAsync(string topic, InterestVerdict verdict) => throw new NotSupportedException();

    public Rejection? SearchRefusal { get; set; }

    public ValueTask<Rejection?> NoteSearchAsync(string query) => new(SearchRefusal);

    public ValueTask<PreferencesOutcome> SetPreferencesAsync(LearnerPreferences preferences)
    {
        var faults = LearnerPreferencesRules.Check(preferences);
        Preferences = faults.Count == 0 ? preferences : Preferences;
        return new(new PreferencesOutcome(faults.Count == 0 ? preferences : null, faults));
    }

    public ValueTask<LearnerPreferences> GetPreferencesAsync() => new(Preferences);

    public CheckInsAnswer CheckIns { get; set; } = new(CheckInsStatus.NoEnrolment, default, 0);

    public ValueTask<CheckInsAnswer> GetCheckInsAsync(CourseId course, string? campaign) => new(CheckIns);

    public NextClipView[]? NextClips { get; set; }

    public ValueTask<NextClipView[]?> GetNextClipsAsync(CourseId course, int limit) => new(NextClips?[..Math.Min(limit, NextClips.Length)]);

    public ValueTask OptOutAsync(NudgePurpose purpose)
    {
        Preferences = Preferences.Without(purpose);
        return ValueTask.CompletedTask;
    }

    public ValueTask<NudgeView[]> ListNudgesAsync(NudgeQuery query) => new(
        [.. Nudges.Where(nudge => (query.Nudge ?? nudge.Nudge) == nudge.Nudge && (query.Campaign ?? nudge.Campaign) == nudge.Campaign)]);

    public List<(string Course, DismissalReason Reason)> Dismissals { get; } = [];

    public RecommendationList Recommendations { get; set; } = new("rec:1:1:0:0", []);

    public ValueTask<RecommendationList> RecommendCoursesAsync(int limit) => new(Recommendations with { Courses = [.. Recommendations.Courses.Take(limit)] });

    public ValueTask<Rejection?> DismissRecommendationAsync(CourseId course, DismissalReason reason)
    {
        Dismissals.Add((course.Value, reason));
        return new((Rejection?)null);
    }

    public ValueTask<NudgeChange?> WatchNudgesAsync(LearnerVersion seen, TimeSpan patience) => new((NudgeChange?)null);
}
