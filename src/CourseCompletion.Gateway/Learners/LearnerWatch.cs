using CourseCompletion.Grains.Abstractions.Learners;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Learners;

/// <summary>Streams a learner's changes to a watcher.</summary>
internal sealed class LearnerWatch(GrainWatch watch)
{
    public Task RunAsync(
        ILearnerGrain learner, Wire.WatchLearnerRequest request, IServerStreamWriter<Wire.WatchLearnerResponse> responses, ServerCallContext context)
    {
        var seen = ResumeToken.LearnerVersion(request.ResumeToken);
        return watch.RunAsync(
            async (patience, end) =>
            {
                if (await learner.WatchAsync(seen, patience).AsTask().WaitAsync(end).ConfigureAwait(false) is not { } change)
                {
                    return false;
                }

                if (await ResponseAsync(learner, change, request.CourseId, end).ConfigureAwait(false) is { } response)
                {
                    await responses.WriteUntilAsync(response, end).ConfigureAwait(false);
                }

                seen = change.Version;
                return true;
            },
            context);
    }

    private static async Task<Wire.WatchLearnerResponse?> ResponseAsync(ILearnerGrain learner, LearnerChange change, string courseId, CancellationToken end)
    {
        var changed = courseId.Length == 0 ? change.Enrolments : Array.FindAll(change.Enrolments, enrolment => enrolment.Course.Value == courseId);
        if (changed.Length == 0 && courseId.Length > 0 && !change.Complete)
        {
            return null;
        }

        // Read after the change, so it is never older. If it is newer, it goes under the change's version all the same: whoever resumes from there is sent the rest.
        var profile = await learner.GetProfileAsync(null).AsTask().WaitAsync(end).ConfigureAwait(false);
        if (profile.Value is null)
        {
            // A learner without events: the first message comes with the first event.
            return null;
        }

        var version = ResumeToken.Of(change.Version);
        var learnerNow = LearnerMapping.ToWire(profile.Value);
        learnerNow.Version = version;
        return new()
        {
            Learner = learnerNow,
            Enrolments = { changed.Select(enrolment => LearnerMapping.ToWire(enrolment, profile.Value.LearnerId, version, withFeatures: false)) },
            ResumeToken = version,
        };
    }
}
