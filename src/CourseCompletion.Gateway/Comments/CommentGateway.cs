using System.Text;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Courses;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Comments;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Comments;

/// <summary>Reads what learners say, and takes moderators' labels.</summary>
internal sealed class CommentGateway(ICourseDirectory courses, ICommentDirectory comments) : Wire.CommentService.CommentServiceBase
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 500;

    public override async Task<Wire.GetFeedbackResponse> GetFeedback(Wire.GetFeedbackRequest request, ServerCallContext context)
    {
        var engagement = await courses.Find(KeyOf(request.CourseId)).GetEngagementAsync().ForAsync(context).ConfigureAwait(false)
            ?? throw GatewayErrors.NotFound("course", request.CourseId);
        return new() { Feedback = CommentMapping.ToWire(engagement) };
    }

    public override async Task<Wire.ListCommentsResponse> ListComments(Wire.ListCommentsRequest request, ServerCallContext context)
    {
        var key = KeyOf(request.CourseId);
        var limit = request.PageSize == 0 ? PageSizeDefault : request.PageSize;
        if (limit is < 1 or > PageSizeMax)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "page_size", $"Send a page_size from 0 to {PageSizeMax}."));
        }

        if (LearnerEventRules.CheckId(request.LessonId, "lesson_id", required: false) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        var engagement = await courses.Find(key).GetEngagementAsync().ForAsync(context).ConfigureAwait(false) ?? throw GatewayErrors.NotFound("course", request.CourseId);
        var query = new CommentQuery(limit, request.LessonId.Length == 0 ? null : request.LessonId, request.ConfusedOnly, request.WithdrawalReasons);
        var shards = await Task.WhenAll(
            Enumerable.Range(0, engagement.ShardCount)
                .Select(shard => courses.FindRoster(RosterKey.For(key, shard)).ListCommentsAsync(query).ForAsync(context))).ConfigureAwait(false);
        return new()
        {
            Comments =
            {
                shards.SelectMany(shard => shard)
                    .OrderByDescending(comment => comment.OccurredAtMs)
                    .ThenBy(comment => comment.Learner, StringComparer.Ordinal)
                    .Take(limit)
                    .Select(CommentMapping.ToWire),
            },
        };
    }

    public override async Task<Wire.ReadCommentResponse> ReadComment(Wire.ReadCommentRequest request, ServerCallContext context)
    {
        CheckText(request.Text);
        var answer = await comments.Find(TenantId.Default).ReadAsync(request.Text).ForAsync(context).ConfigureAwait(false);
        return new() { Reading = CommentMapping.ToWire(answer.Note), Model = answer.Model, ModelLearnedFrom = answer.LearnedFrom, Labels = answer.Labels };
    }

    public override async Task<Wire.SubmitCommentLabelResponse> SubmitCommentLabel(Wire.SubmitCommentLabelRequest request, ServerCallContext context)
    {
        CheckText(request.Text);
        var label = CommentMapping.LabelOf(request);
        var answer = await comments.Find(TenantId.Default).LearnAsync(request.Text, label).ForAsync(context).ConfigureAwait(false);
        return new() { Reading = CommentMapping.ToWire(answer.Note), Labels = answer.Labels };
    }

    private static void CheckText(string text)
    {
        if (text.Length == 0)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "text", "Set text: it is required here."));
        }

        if (Encoding.UTF8.GetByteCount(text) > LearnerEventRules.TextBytesMax)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "text", $"Send at most {LearnerEventRules.TextBytesMax} bytes of UTF-8."));
        }
    }

    private static CourseKey KeyOf(string courseId) =>
        LearnerEventRules.CheckId(courseId, "course_id", required: true) is { } fault ? throw GatewayErrors.Invalid(fault) : CourseKey.For(TenantId.Default, new CourseId(courseId));
}
