using Google.Protobuf;
using Grpc.Core;

// The generated marshallers of requests call these methods instead of the generic one of the same name, because they fit better.
namespace CourseCompletion.Protocol.V1;

/// <content>How requests are read.</content>
public static partial class EngagementService
{
    internal static StreamEventsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<StreamEventsRequest> parser)
    {
        var request = RequestReader.ReadBatch(context, parser, (StreamEventsRequest.EventsFieldNumber << 3) | 2);
        request.PayloadBytes = context.PayloadLength;
        return request;
    }

    internal static RecordEventsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<RecordEventsRequest> parser)
    {
        var request = RequestReader.ReadBatch(context, parser, (RecordEventsRequest.EventsFieldNumber << 3) | 2);
        request.PayloadBytes = context.PayloadLength;
        return request;
    }
}

/// <content>How requests are read.</content>
public static partial class LearnerService
{
    internal static GetLearnerRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetLearnerRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetEnrolmentRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetEnrolmentRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static WatchLearnerRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<WatchLearnerRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static EnrolLearnerRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<EnrolLearnerRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static WithdrawLearnerRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<WithdrawLearnerRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ResetWatermarkRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ResetWatermarkRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static SetPreferencesRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<SetPreferencesRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetPreferencesRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetPreferencesRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static CorrectInterestRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<CorrectInterestRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static NoteSearchRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<NoteSearchRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetCheckInsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetCheckInsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static NextClipsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<NextClipsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ListNudgesRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ListNudgesRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static WatchNudgesRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<WatchNudgesRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static MarkNudgeRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<MarkNudgeRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ExplainNudgeRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ExplainNudgeRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static RecommendCoursesRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<RecommendCoursesRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static DismissRecommendationRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<DismissRecommendationRequest> parser) =>
        RequestReader.Read(context, parser);
}

/// <content>How requests are read.</content>
public static partial class CourseService
{
    internal static UpsertCourseRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<UpsertCourseRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetCourseRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetCourseRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetEngagementRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetEngagementRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static WatchEngagementRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<WatchEngagementRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetCompletionIndexRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetCompletionIndexRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ListLearnersRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ListLearnersRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetVideoEngagementRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetVideoEngagementRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetInsightsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetInsightsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetTopicsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetTopicsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static MarkInsightFixedRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<MarkInsightFixedRequest> parser) =>
        RequestReader.Read(context, parser);
}

/// <content>How requests are read.</content>
public static partial class ModelService
{
    internal static PublishModelRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<PublishModelRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ListModelsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ListModelsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static PromoteModelRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<PromoteModelRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static RollbackModelRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<RollbackModelRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ShadowModelRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ShadowModelRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetModelHealthRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetModelHealthRequest> parser) =>
        RequestReader.Read(context, parser);
}

/// <content>How requests are read.</content>
public static partial class CampaignService
{
    internal static UpsertCampaignRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<UpsertCampaignRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetCampaignRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetCampaignRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ListCampaignsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ListCampaignsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static PauseCampaignRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<PauseCampaignRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ResumeCampaignRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ResumeCampaignRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ArchiveCampaignRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ArchiveCampaignRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static DryRunCampaignRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<DryRunCampaignRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetCampaignReportRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetCampaignReportRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static WatchCampaignRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<WatchCampaignRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ListDeadLettersRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ListDeadLettersRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static RedriveDeadLettersRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<RedriveDeadLettersRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static DropDeadLettersRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<DropDeadLettersRequest> parser) =>
        RequestReader.Read(context, parser);
}

/// <content>How requests are read.</content>
public static partial class QuestionService
{
    internal static AskQuestionRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<AskQuestionRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static AnswerQuestionRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<AnswerQuestionRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static AcceptAnswerRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<AcceptAnswerRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static VoteRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<VoteRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static GetQuestionRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetQuestionRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ListQuestionsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ListQuestionsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static WatchQuestionsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<WatchQuestionsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ScheduleQuestionSessionRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ScheduleQuestionSessionRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static CancelQuestionSessionRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<CancelQuestionSessionRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ListQuestionSessionsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ListQuestionSessionsRequest> parser) =>
        RequestReader.Read(context, parser);
}

/// <content>How requests are read.</content>
public static partial class ClusterService
{
    internal static GetClusterRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetClusterRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static DrainSiloRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<DrainSiloRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static PurgeSilosRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<PurgeSilosRequest> parser) =>
        RequestReader.Read(context, parser);
}

/// <content>How requests are read.</content>
public static partial class CommentService
{
    internal static GetFeedbackRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<GetFeedbackRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ListCommentsRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ListCommentsRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static ReadCommentRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<ReadCommentRequest> parser) =>
        RequestReader.Read(context, parser);

    internal static SubmitCommentLabelRequest __Helper_DeserializeMessage(DeserializationContext context, MessageParser<SubmitCommentLabelRequest> parser) =>
        RequestReader.Read(context, parser);
}
