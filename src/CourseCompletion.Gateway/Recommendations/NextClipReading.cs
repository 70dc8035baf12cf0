using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Gateway.Courses;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Recommendations;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Recommendations;

/// <summary>What a learner does best next in a course, for the learner service.</summary>
internal static class NextClipReading
{
    private const int LimitDefault = 5;
    private const double MsPerSecond = 1000;

    public static async Task<IEnumerable<Wire.NextClip>> ReadAsync(ILearnerGrain learner, Wire.NextClipsRequest request, ServerCallContext context)
    {
        if (LearnerEventRules.CheckId(request.CourseId, "course_id", required: true) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        if (request.Limit is < 0 or > NextClipRules.LimitMax)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "limit", $"Send 0 to {NextClipRules.LimitMax}."));
        }

        var clips = await learner.GetNextClipsAsync(new CourseId(request.CourseId), request.Limit == 0 ? LimitDefault : request.Limit).ForAsync(context).ConfigureAwait(false)
            ?? throw GatewayErrors.NotFound("enrolment", $"{request.LearnerId}/{request.CourseId}");
        return clips.Select(ToWire);
    }

    private static Wire.NextClip ToWire(NextClipView clip) => new()
    {
        LessonId = clip.Lesson,
        Title = clip.Title,
        Kind = CourseMapping.ToWire(clip.Kind),
        LengthSeconds = clip.LengthMs / MsPerSecond,
        StartSeconds = clip.StartMs / MsPerSecond,

        // The numbers of the reasons are those of the wire.
        Reason = (Wire.NextClipReason)clip.Reason,
        Text = clip.Text,
        Score = clip.Score,
    };
}
