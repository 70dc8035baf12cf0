using CourseCompletion.Cli.Connections;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using Grpc.Core;

namespace CourseCompletion.Cli.Demo;

/// <summary>Asks every two seconds what the engine understands of the demo's first course and of its most recently active learner, and what it would show them next.</summary>
internal sealed class DemoUnderstanding(EngagementClient client, DemoBoard board, string course)
{
    private const int ShownInterests = 3;
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(2);

    /// <summary>Asks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (board.LastMoved(course) is { } learner)
            {
                try
                {
                    board.Take(await AskAsync(learner, cancellationToken));
                }
                catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted)
                {
                    // Asked again.
                }
            }

            await Task.Delay(_every, cancellationToken);
        }
    }

    private async Task<DemoUnderstood> AskAsync(string learner, CancellationToken cancellationToken)
    {
        var options = new CallOptions(cancellationToken: cancellationToken);
        var feedback = (await client.Comments.GetFeedbackAsync(new() { CourseId = course }, options)).Feedback;
        var insights = (await client.Courses.GetInsightsAsync(new() { CourseId = course }, options)).Insights;
        var topics = (await client.Courses.GetTopicsAsync(new() { CourseId = course }, options)).Topics;
        var profile = (await client.Learners.GetLearnerAsync(new() { LearnerId = learner }, options)).Learner;
        var clips = (await client.Learners.NextClipsAsync(new() { LearnerId = learner, CourseId = course, Limit = 1 }, options)).Clips;
        var courses = (await client.Learners.RecommendCoursesAsync(new() { LearnerId = learner, Limit = 1 }, options)).Courses;
        return new(
            course,
            FormattableString.Invariant(
                $"{feedback.Totals.Texts:N0} texts, content {ProtoText.Percent(feedback.Totals.MeanPositive)}, {feedback.Totals.Confused:N0} confused, net promoter score {feedback.Recommend.Score:0} of {feedback.Recommend.Learners:N0}"),
            topics.Topics.Count == 0 ? "" : string.Join(", ", topics.Topics.Take(ShownInterests).Select(topic => topic.Topic)),
            insights.Count == 0 ? "nothing stands out" : FindingOf(insights[0], insights.Count),
            learner,
            string.Join(", ", profile.Interests.Interests.Take(ShownInterests).Select(interest => $"{interest.Topic} {ProtoText.Percent(interest.Weight)}")),
            clips.Count == 0 ? "all done" : $"{clips[0].Title}: {clips[0].Text}",
            courses.Count == 0 ? "none left" : $"{courses[0].Title}: {courses[0].ReasonText}");
    }

    private static string FindingOf(Insight insight, int count) =>
        FormattableString.Invariant($"{count} findings, first '{insight.LessonTitle}': {insight.Affected:N0} of {insight.Reached:N0} {(insight.Kind == InsightKind.Leaving ? "left" : "watched a part again")}, {insight.Expected:N1} expected");
}

/// <summary>What the engine understands at one moment.</summary>
/// <param name="Course">The course.</param>
/// <param name="Feedback">What its learners say.</param>
/// <param name="Topics">What it is about.</param>
/// <param name="Finding">What its team should look at.</param>
/// <param name="Learner">One of its learners.</param>
/// <param name="Interests">What the learner cares about.</param>
/// <param name="NextClip">What the learner does best next in the course.</param>
/// <param name="NextCourse">What the learner may take next.</param>
internal sealed record DemoUnderstood(string Course, string Feedback, string Topics, string Finding, string Learner, string Interests, string NextClip, string NextCourse)
{
    /// <summary>All of it as two lines.</summary>
    public override string ToString() =>
        $"understood of {Course} ({Topics}): {Feedback}; {Finding}" + Environment.NewLine
        + $"understood of {Learner}: cares about {Interests}; next clip {NextClip}; next course {NextCourse}";
}
