using CourseCompletion.Grains.Abstractions.Learners;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Streams a learner's inbox to a watcher.</summary>
internal sealed class InboxWatch(GrainWatch watch)
{
    public Task RunAsync(ILearnerGrain learner, string resumeToken, IServerStreamWriter<Wire.WatchNudgesResponse> responses, ServerCallContext context)
    {
        var seen = ResumeToken.LearnerVersion(resumeToken);
        var isFirst = true;
        return watch.RunAsync(
            async (patience, end) =>
            {
                var change = await learner.WatchNudgesAsync(seen, patience).AsTask().WaitAsync(end).ConfigureAwait(false);
                if (change is null)
                {
                    return false;
                }

                // A learner changes with every event: only what changes the inbox is told.
                if (change.Nudges.Length > 0 || isFirst)
                {
                    var response = new Wire.WatchNudgesResponse { Nudges = { change.Nudges.Select(NudgeMapping.ToWire) }, ResumeToken = ResumeToken.Of(change.Version) };
                    await responses.WriteUntilAsync(response, end).ConfigureAwait(false);
                }

                (seen, isFirst) = (change.Version, false);
                return true;
            },
            context);
    }
}
