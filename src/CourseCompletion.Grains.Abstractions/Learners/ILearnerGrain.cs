using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Abstractions.Recommendations;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>One learner: the single writer of everything known of them, and the place to ask.</summary>
/// <remarks>
/// Key: <see cref="Domain.Learners.LearnerKey"/>. Called by the gateway and by .NET backends through an Orleans client. Times are milliseconds since 1970-01-01 UTC.
/// Reads wait for a write under way, so that nothing is answered that is not stored.
/// </remarks>
[Alias("cc.ILearnerGrain")]
[Version(3)]
public interface ILearnerGrain : IGrainWithStringKey
{
    /// <summary>Records events; returns when all that is reported as accepted is durable.</summary>
    /// <remarks>
    /// Idempotent by (source, event id). Expected outcomes are in the result, one per event in the order given. <see cref="EventStatus.Retry"/> means: not known to be
    /// durable, send the same event again. Calls that wait for the same learner are stored together.
    /// </remarks>
    [Alias("RecordAsync")]
    [AlwaysInterleave]
    ValueTask<RecordOutcome> RecordAsync([Immutable] EventBatch batch);

    /// <summary>The learner's profile as of an instant (null: now).</summary>
    [Alias("GetProfileAsync")]
    [AlwaysInterleave]
    ValueTask<LearnerAnswer<LearnerProfile>> GetProfileAsync(long? asOfMs);

    /// <summary>The learner's enrolment in a course as of an instant (null: now).</summary>
    [Alias("GetEnrolmentAsync")]
    [AlwaysInterleave]
    ValueTask<LearnerAnswer<EnrolmentView>> GetEnrolmentAsync(CourseId course, long? asOfMs);

    /// <summary>Waits for a change after <paramref name="seen"/> and returns what changed; null when nothing did within <paramref name="patience"/> (at most 20 s).</summary>
    /// <remarks>With a <see cref="LearnerVersion.None"/> or one of another incarnation it returns the current state at once.</remarks>
    [Alias("WatchAsync")]
    [AlwaysInterleave]
    ValueTask<LearnerChange?> WatchAsync(LearnerVersion seen, TimeSpan patience);

    /// <summary>Lets a source be heard again whose producer's clock was ahead: forgets how new its newest event was.</summary>
    /// <param name="source">The source, or null for all.</param>
    /// <returns>The learner as it is then; null for one without events. A source that the learner does not have changes nothing.</returns>
    /// <exception cref="ArgumentException">The source is no id.</exception>
    [Alias("ResetWatermarkAsync")]
    [AlwaysInterleave]
    ValueTask<LearnerProfile?> ResetWatermarkAsync(string? source);

    /// <summary>Where the learner stands in the check-ins of a course.</summary>
    /// <param name="course">The course.</param>
    /// <param name="campaign">The check-in campaign by whose plan it is judged; null for every day without proof, freezes and cards.</param>
    [Alias("GetCheckInsAsync")]
    [AlwaysInterleave]
    ValueTask<CheckInsAnswer> GetCheckInsAsync(CourseId course, string? campaign);

    /// <summary>What the learner does best next in a course, best first; null without an enrolment there.</summary>
    /// <param name="course">The course.</param>
    /// <param name="limit">How many lessons, 1 to <see cref="Domain.Recommendations.NextClipRules.LimitMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another number.</exception>
    [Alias("GetNextClipsAsync")]
    [AlwaysInterleave]
    ValueTask<NextClipView[]?> GetNextClipsAsync(CourseId course, int limit);

    /// <summary>Replaces the learner's preferences: what to be told, when and how. They hold from the next decision on.</summary>
    [Alias("SetPreferencesAsync")]
    [AlwaysInterleave]
    ValueTask<PreferencesOutcome> SetPreferencesAsync([Immutable] LearnerPreferences preferences);

    /// <summary>The learner's preferences; those of a learner who never set any are <see cref="LearnerPreferences.None"/>.</summary>
    [Alias("GetPreferencesAsync")]
    [AlwaysInterleave]
    ValueTask<LearnerPreferences> GetPreferencesAsync();

    /// <summary>Adds a purpose to those that the learner opted out of.</summary>
    /// <exception cref="ArgumentException">It is no purpose.</exception>
    [Alias("OptOutAsync")]
    [AlwaysInterleave]
    ValueTask OptOutAsync(NudgePurpose purpose);

    /// <summary>Notes what the learner says about an interest. It holds, whatever is done later, until the learner says otherwise.</summary>
    /// <param name="topic">The topic, in any spelling; it need not be among the interests.</param>
    /// <param name="verdict">What holds from now on.</param>
    [Alias("CorrectInterestAsync")]
    [AlwaysInterleave]
    ValueTask<CorrectionOutcome> CorrectInterestAsync(string topic, InterestVerdict verdict);

    /// <summary>Notes what the learner searched for: it speaks for an interest. The same query within ten minutes counts once.</summary>
    /// <param name="query">The query, 1 to 512 bytes of UTF-8.</param>
    /// <returns>Null when it is durable, else why it is not taken.</returns>
    [Alias("NoteSearchAsync")]
    [AlwaysInterleave]
    ValueTask<Rejection?> NoteSearchAsync(string query);

    /// <summary>Lists courses that the learner may take next, best first: what was not taken, not dismissed, and not shown often without being followed.</summary>
    /// <remarks>Writes nothing; for an unknown learner, what is popular.</remarks>
    /// <param name="limit">How many at most, 1 to 50.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    [Alias("RecommendCoursesAsync")]
    [AlwaysInterleave]
    ValueTask<RecommendationList> RecommendCoursesAsync(int limit);

    /// <summary>Has a course recommended no more, or again. Doing it again changes nothing.</summary>
    /// <param name="course">The course.</param>
    /// <param name="reason">Why not; <see cref="DismissalReason.None"/> has it recommended again.</param>
    /// <returns>Null when it is durable, else why it is not taken.</returns>
    [Alias("DismissRecommendationAsync")]
    [AlwaysInterleave]
    ValueTask<Rejection?> DismissRecommendationAsync(CourseId course, DismissalReason reason);

    /// <summary>The learner's nudges, newest first: the inbox, or every decision with its reason.</summary>
    [Alias("ListNudgesAsync")]
    [AlwaysInterleave]
    ValueTask<NudgeView[]> ListNudgesAsync(NudgeQuery query);

    /// <summary>Waits for a change after <paramref name="seen"/> and returns what changed in the inbox, perhaps nothing; null when the learner did not change within <paramref name="patience"/>.</summary>
    /// <remarks>With a <see cref="LearnerVersion.None"/> or one of another incarnation it returns the whole inbox at once.</remarks>
    [Alias("WatchNudgesAsync")]
    [AlwaysInterleave]
    ValueTask<NudgeChange?> WatchNudgesAsync(LearnerVersion seen, TimeSpan patience);
}
