using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

/// <summary>Makes well-formed events of one learner in one course, each with an id of its own, and sends them.</summary>
internal sealed class Producer(EngineCluster cluster, LearnerId learner, CourseId course, string source = "app")
{
    private int _made;

    public ILearnerGrain Grain { get; } = cluster.Learner(learner);

    public LearnerKey Key { get; } = EngineCluster.KeyOf(learner);

    public CourseId Course { get; } = course;

    /// <summary>An event that happened now, or some time ago.</summary>
    public LearnerEvent Make(EventKind kind, TimeSpan ago = default) => new()
    {
        Source = source,
        EventId = $"{source}-{learner.Value}-{Course.Value}-{++_made}",
        Course = Course,
        Kind = kind,
        OccurredAtMs = cluster.NowMs - (long)ago.TotalMilliseconds,
        Lesson = kind is >= EventKind.VideoPlayed and <= EventKind.VideoEnded or EventKind.LessonCompleted ? "lesson-1" : null,
        ObjectId = kind is EventKind.AssessmentSubmitted or (>= EventKind.QuestionAsked and <= EventKind.NudgeDismissed) ? "object-1" : null,
        Text = kind is EventKind.Commented or EventKind.QuestionAsked or EventKind.QuestionAnswered ? "text" : null,
        Value = kind is EventKind.Rated or EventKind.AssessmentSubmitted ? 4 : 0,
        MaxValue = kind is EventKind.AssessmentSubmitted ? 5 : 0,
        Family = kind is EventKind.ActivityRecorded ? ActivityFamily.Page : ActivityFamily.Unspecified,
        Count = kind is EventKind.ActivityRecorded ? 3 : 0,
    };

    public LearnerEvent Watched(int fromSeconds, int toSeconds, string lesson = "lesson-1", TimeSpan ago = default) =>
        Make(EventKind.VideoWatched, ago) with { Lesson = lesson, FromMs = fromSeconds * 1000L, ToMs = toSeconds * 1000L, Speed = 1 };

    public LearnerEvent[] Many(EventKind kind, int count) => [.. Enumerable.Range(0, count).Select(_ => Make(kind))];

    public ValueTask<RecordOutcome> RecordAsync(params LearnerEvent[] events) => Grain.RecordAsync(new EventBatch(events, 0));

    /// <summary>The fate of each event.</summary>
    public async Task<EventStatus[]> SendAsync(params LearnerEvent[] events) => [.. (await RecordAsync(events)).Results.Select(result => result.Status)];

    /// <summary>Sends events until each is known to be stored, as a client has to: RETRY and failed calls are sent again, unchanged.</summary>
    public async Task<EventStatus[]> SendUntilStoredAsync(params LearnerEvent[] events)
    {
        var fates = new EventStatus[events.Length];
        Array.Fill(fates, EventStatus.Retry);
        for (var attempts = 0; Array.Exists(fates, fate => fate == EventStatus.Retry); attempts++)
        {
            Assert.True(attempts < 300, $"The events of {Key} were not stored after {attempts} attempts.{Environment.NewLine}{cluster.Log.Recent}");
            try
            {
                fates = await SendAsync(events).WaitAsync(TimeSpan.FromSeconds(5));
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                // Not known to be stored.
            }

            if (Array.Exists(fates, fate => fate == EventStatus.Retry))
            {
                await Task.Delay(20);
            }
        }

        return fates;
    }

    public async Task<LearnerProfile> ProfileAsync() => (await Grain.GetProfileAsync(null)).Value!;

    public async Task<EnrolmentView> EnrolmentAsync(long? asOfMs = null) => (await Grain.GetEnrolmentAsync(Course, asOfMs)).Value!;
}
