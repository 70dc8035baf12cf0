using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Lives through a learner's history by the rules of the running engine and takes snapshots of the features on the way.</summary>
/// <remarks>
/// The engine's own <see cref="LearnerRules"/> decide and fold, and its <see cref="CompletionFeatures"/> fill the vector, so that training and serving cannot differ. At an
/// instant only what was received before it is known.
/// </remarks>
public static class LearnerReplay
{
    /// <summary>Answers requests.</summary>
    /// <param name="history">The learner's history.</param>
    /// <param name="courseOf">The definition of each course.</param>
    /// <param name="requests">The requests, in ascending order of their instants.</param>
    /// <param name="take">Takes the number of a request and its vector, which is valid during the call. Not called for an enrolment that is not at risk at the instant.</param>
    public static void Run(
        LearnerHistory history, Func<CourseId, CourseDefinition> courseOf, IReadOnlyList<SnapshotRequest> requests, SnapshotTaker take)
    {
        var state = new LearnerState();
        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        var next = 0;
        for (var i = 0; i < requests.Count; i++)
        {
            var request = requests[i];
            while (next < history.Events.Count && history.Events[next].ReceivedAtMs < request.AsOfMs)
            {
                Receive(state, history.Events[next++]);
            }

            if (state.FindEnrolment(request.Course) is { IsEnrolled: true, IsWithdrawn: false } enrolment)
            {
                var course = courseOf(request.Course);
                CompletionFeatures.Fill(state, enrolment, course, ProgressRules.Measure(enrolment, course), request.AsOfMs, vector);
                take(i, vector);
            }
        }
    }

    private static void Receive(LearnerState state, ReceivedEvent received)
    {
        var e = received.Event;
        var identity = EventIdentity.Of(e.Source, e.EventId);
        if (LearnerRules.Decide(state, e, identity, received.ReceivedAtMs, LearnerPolicy.Default).Status == DecisionStatus.Accepted)
        {
            LearnerRules.Fold(state, e, identity, LearnerPolicy.Default);
        }
    }
}

/// <summary>Takes a snapshot.</summary>
/// <param name="request">The number of the request that it answers.</param>
/// <param name="vector">The features.</param>
public delegate void SnapshotTaker(int request, ReadOnlySpan<float> vector);
