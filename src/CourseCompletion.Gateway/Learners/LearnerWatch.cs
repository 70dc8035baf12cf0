using CourseCompletion.Grains.Abstractions.Learners;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Learners;

/// <summary>Streams a learner's changes to a watcher.</summary>
internal sealed class LearnerWatch(GrainWatch watch, TimeProvider time)
{
    // How often a silent learner's bands are looked at, as in a course's numbers.
    private static readonly TimeSpan _bandsEvery = TimeSpan.FromMinutes(1);

    public Task RunAsync(
        ILearnerGrain learner, Wire.WatchLearnerRequest request, IServerStreamWriter<Wire.WatchLearnerResponse> responses, ServerCallContext context)
    {
        var seen = ResumeToken.LearnerVersion(request.ResumeToken);
        var bands = new ShownBands();
        var lookedAt = time.GetTimestamp();
        return watch.RunAsync(
            async (patience, end) =>
            {
                var change = await learner.WatchAsync(seen, patience).AsTask().WaitAsync(end).ConfigureAwait(false);
                if (change is null && time.GetElapsedTime(lookedAt) < _bandsEvery)
                {
                    return false;
                }

                var response = change is null
                    ? await AfterSilenceAsync(learner, seen, request.CourseId, bands, end).ConfigureAwait(false)
                    : await AfterChangeAsync(learner, change, request.CourseId, bands, end).ConfigureAwait(false);
                lookedAt = time.GetTimestamp();
                if (response is not null)
                {
                    await responses.WriteUntilAsync(response, end).ConfigureAwait(false);
                }

                seen = change?.Version ?? seen;
                return change is not null;
            },
            context);
    }

    private static async Task<Wire.WatchLearnerResponse?> AfterChangeAsync(
        ILearnerGrain learner, LearnerChange change, string courseId, ShownBands bands, CancellationToken end)
    {
        var changed = Of(courseId, change.Enrolments);
        if (changed.Length == 0 && courseId.Length > 0 && !change.Complete)
        {
            return null;
        }

        // Read after the change, so it is never older. If it is newer, it goes under the change's version all the same: whoever resumes from there is sent the rest.
        var profile = await learner.GetProfileAsync(null).AsTask().WaitAsync(end).ConfigureAwait(false);

        // A learner without events: the first message comes with the first event.
        return profile.Value is null ? null : Response(profile.Value, changed, change.Version, bands);
    }

    // Nothing happened, but time passed: a band may be another one. What silence does between two bands is not told.
    private static async Task<Wire.WatchLearnerResponse?> AfterSilenceAsync(
        ILearnerGrain learner, LearnerVersion seen, string courseId, ShownBands bands, CancellationToken end)
    {
        var profile = await learner.GetProfileAsync(null).AsTask().WaitAsync(end).ConfigureAwait(false);
        return profile.Value is not null && profile.Value.Version == seen && bands.ChangedOf(Of(courseId, profile.Value.Enrolments)) is { Length: > 0 } changed
            ? Response(profile.Value, changed, seen, bands)
            : null;
    }

    private static EnrolmentView[] Of(string courseId, EnrolmentView[] enrolments) =>
        courseId.Length == 0 ? enrolments : Array.FindAll(enrolments, enrolment => enrolment.Course.Value == courseId);

    private static Wire.WatchLearnerResponse Response(LearnerProfile learner, EnrolmentView[] changed, LearnerVersion shown, ShownBands bands)
    {
        bands.Note(changed);
        var version = ResumeToken.Of(shown);
        var learnerNow = LearnerMapping.ToWire(learner);
        learnerNow.Version = version;
        return new()
        {
            Learner = learnerNow,
            Enrolments = { changed.Select(enrolment => LearnerMapping.ToWire(enrolment, learner.LearnerId, version, withFeatures: false)) },
            ResumeToken = version,
        };
    }
}
