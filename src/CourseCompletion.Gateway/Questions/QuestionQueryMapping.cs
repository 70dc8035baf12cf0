using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Questions;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Questions;

/// <summary>Reads which questions a caller asks for.</summary>
internal static class QuestionQueryMapping
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 100;

    /// <summary>The query of a request.</summary>
    /// <exception cref="Grpc.Core.RpcException">A field is malformed (INVALID_ARGUMENT, which names it).</exception>
    public static QuestionQuery From(Wire.ListQuestionsRequest request)
    {
        var after = default(QuestionCursor);
        var fault = request.PageSize is < 0 or > PageSizeMax ? Invalid("page_size", $"Send 0 to {PageSizeMax}.")
            : !Enum.IsDefined(request.Filter) ? Invalid("filter", "Send a filter of this release.")
            : !Enum.IsDefined(request.OrderBy) ? Invalid("order_by", "Send one of the known orders.")
            : !QuestionPageToken.TryRead(request.PageToken, out after) ? Invalid("page_token", "Send the next_page_token of the page before, unchanged, or none.")
            : LearnerEventRules.CheckId(request.LearnerId, "learner_id", required: false);
        return fault is { } found
            ? throw GatewayErrors.Invalid(found)
            : new(
                (QuestionFilter)request.Filter,
                request.LessonId,
                (QuestionOrder)request.OrderBy,
                request.PageSize == 0 ? PageSizeDefault : request.PageSize,
                after,
                request.LearnerId.Length == 0 ? null : request.LearnerId);
    }

    private static Rejection Invalid(string field, string message) => new(RejectionReason.InvalidField, field, message);
}
