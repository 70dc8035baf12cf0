using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Recommendations;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Recommendations;

/// <summary>Lists what a learner may take next, and hears what it is not to be.</summary>
internal static class RecommendationCalls
{
    public static async Task<Wire.RecommendCoursesResponse> RecommendAsync(ILearnerGrain learner, int limit, ServerCallContext context)
    {
        var policy = RecommendationPolicy.Default;
        if (limit < 0 || limit > policy.LimitMax)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "limit", $"Ask for 1 to {policy.LimitMax} courses, or leave limit out for {policy.LimitDefault}."));
        }

        var list = await learner.RecommendCoursesAsync(limit == 0 ? policy.LimitDefault : limit).ForAsync(context).ConfigureAwait(false);
        return new() { RecommendationId = list.Id, Courses = { list.Courses.Select(ToWire) } };
    }

    public static async Task DismissAsync(ILearnerGrain learner, Wire.DismissRecommendationRequest request, ServerCallContext context)
    {
        var reason = (request.Restore, request.Reason) switch
        {
            (true, Wire.DismissalReason.Unspecified) => DismissalReason.None,
            (false, Wire.DismissalReason.Dismissed) => DismissalReason.Dismissed,
            (false, Wire.DismissalReason.AlreadyKnown) => DismissalReason.AlreadyKnown,
            (true, _) => throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "reason", "Leave reason out when restore is set.")),
            _ => throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "reason", "Set reason to one of the known reasons, or set restore.")),
        };
        if (await learner.DismissRecommendationAsync(new CourseId(request.CourseId), reason).ForAsync(context).ConfigureAwait(false) is { } refused)
        {
            throw refused.Reason == RejectionReason.LimitExceeded ? GatewayErrors.LimitReached(refused) : GatewayErrors.Invalid(refused);
        }
    }

    private static Wire.RecommendedCourse ToWire(RecommendedCourse course)
    {
        var because = course.BecauseTitle.Length > 0 ? course.BecauseTitle : course.Because?.Value ?? "";
        var (reason, text) = course.Reason switch
        {
            RecommendationReason.OftenTakenAfter => (Wire.RecommendationReason.OftenTakenAfter, $"often taken after {because}"),
            RecommendationReason.NewAndSimilar => (Wire.RecommendationReason.NewAndSimilar, $"new and similar to {because}"),
            RecommendationReason.New => (Wire.RecommendationReason.New, "new"),
            _ => (Wire.RecommendationReason.Popular, "popular"),
        };
        return new()
        {
            CourseId = course.Course.Value,
            Title = course.Title,
            Score = course.Score,
            Reason = reason,
            ReasonText = text,
            BecauseCourseId = course.Because?.Value ?? "",
            Propensity = course.Propensity,
            RecommendationId = course.Id,
            Promoted = course.IsPromoted,
        };
    }
}
