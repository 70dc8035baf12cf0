using System.Text;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Campaigns;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Gateway.Interests;
using CourseCompletion.Gateway.Recommendations;
using CourseCompletion.Grains.Abstractions.Learners;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Learners;

/// <summary>Reads one learner's live state, and enrols and withdraws learners.</summary>
internal sealed class LearnerGateway(ILearnerDirectory learners, LearnerWatch watch, InboxWatch inbox, IOptions<GatewayOptions> options, TimeProvider time)
    : Wire.LearnerService.LearnerServiceBase
{
    // The longer of the two prefixes of event ids.
    private static readonly int _requestIdBytesMax = LearnerEventRules.IdBytesMax - WithdrawPrefix.Length;

    private const string EnrolPrefix = "enrol:";
    private const string WithdrawPrefix = "withdraw:";

    public override async Task<Wire.GetLearnerResponse> GetLearner(Wire.GetLearnerRequest request, ServerCallContext context)
    {
        var answer = await Find(request.LearnerId).GetProfileAsync(AsOf(request.AsOf)).ForAsync(context).ConfigureAwait(false);
        return new() { Learner = LearnerMapping.ToWire(Found(answer, "learner", request.LearnerId)) };
    }

    public override async Task<Wire.GetEnrolmentResponse> GetEnrolment(Wire.GetEnrolmentRequest request, ServerCallContext context)
    {
        Require(request.CourseId, "course_id");
        return new()
        {
            Enrolment = await EnrolmentAsync(request.LearnerId, request.CourseId, AsOf(request.AsOf), request.IncludeFeatures, context).ConfigureAwait(false),
        };
    }

    public override Task WatchLearner(
        Wire.WatchLearnerRequest request, IServerStreamWriter<Wire.WatchLearnerResponse> responseStream, ServerCallContext context)
    {
        if (LearnerEventRules.CheckId(request.CourseId, "course_id", required: false) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        return watch.RunAsync(Find(request.LearnerId), request, responseStream, context);
    }

    public override async Task<Wire.EnrolLearnerResponse> EnrolLearner(Wire.EnrolLearnerRequest request, ServerCallContext context)
    {
        var enrolled = Reported(request.CourseId, EnrolPrefix, request.RequestId, request.OccurredAt, EventKind.Enrolled, null);
        await RecordAsync(request.LearnerId, enrolled, context).ConfigureAwait(false);
        return new() { Enrolment = await EnrolmentAsync(request.LearnerId, request.CourseId, null, false, context).ConfigureAwait(false) };
    }

    public override async Task<Wire.WithdrawLearnerResponse> WithdrawLearner(Wire.WithdrawLearnerRequest request, ServerCallContext context)
    {
        var withdrew = Reported(request.CourseId, WithdrawPrefix, request.RequestId, request.OccurredAt, EventKind.Withdrew, request.Reason);
        await RecordAsync(request.LearnerId, withdrew, context).ConfigureAwait(false);
        return new() { Enrolment = await EnrolmentAsync(request.LearnerId, request.CourseId, null, false, context).ConfigureAwait(false) };
    }

    public override async Task<Wire.ResetWatermarkResponse> ResetWatermark(Wire.ResetWatermarkRequest request, ServerCallContext context)
    {
        var learner = Find(request.LearnerId);
        if (LearnerEventRules.CheckId(request.Source, "source", required: false) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        var profile = await learner.ResetWatermarkAsync(request.Source.Length == 0 ? null : request.Source).ForAsync(context).ConfigureAwait(false)
            ?? throw GatewayErrors.NotFound("learner", request.LearnerId);
        if (request.Source.Length > 0 && !profile.Sources.Any(source => source.Name == request.Source))
        {
            throw GatewayErrors.NotFound("source", request.Source);
        }

        return new() { Sources = { profile.Sources.Select(LearnerMapping.ToWire) }, Version = ResumeToken.Of(profile.Version) };
    }

    public override async Task<Wire.SetPreferencesResponse> SetPreferences(Wire.SetPreferencesRequest request, ServerCallContext context) =>
        new() { Preferences = await LearnerInbox.SetPreferencesAsync(Find(request.LearnerId), request.Preferences, context).ConfigureAwait(false) };

    public override async Task<Wire.GetPreferencesResponse> GetPreferences(Wire.GetPreferencesRequest request, ServerCallContext context) =>
        new() { Preferences = NudgeMapping.ToWire(await Find(request.LearnerId).GetPreferencesAsync().ForAsync(context).ConfigureAwait(false)) };

    public override async Task<Wire.CorrectInterestResponse> CorrectInterest(Wire.CorrectInterestRequest request, ServerCallContext context) =>
        new() { Interests = await InterestCorrecting.CorrectAsync(Find(request.LearnerId), request, context).ConfigureAwait(false) };

    public override async Task<Wire.NoteSearchResponse> NoteSearch(Wire.NoteSearchRequest request, ServerCallContext context)
    {
        await SearchNoting.NoteAsync(Find(request.LearnerId), request, context).ConfigureAwait(false);
        return new();
    }

    public override async Task<Wire.GetCheckInsResponse> GetCheckIns(Wire.GetCheckInsRequest request, ServerCallContext context) =>
        new() { CheckIns = await CheckInReading.ReadAsync(Find(request.LearnerId), request, context).ConfigureAwait(false) };

    public override async Task<Wire.NextClipsResponse> NextClips(Wire.NextClipsRequest request, ServerCallContext context) =>
        new() { Clips = { await NextClipReading.ReadAsync(Find(request.LearnerId), request, context).ConfigureAwait(false) } };

    public override async Task<Wire.ListNudgesResponse> ListNudges(Wire.ListNudgesRequest request, ServerCallContext context) =>
        new() { Nudges = { await LearnerInbox.ListAsync(Find(request.LearnerId), request.Limit, context).ConfigureAwait(false) } };

    public override Task WatchNudges(
        Wire.WatchNudgesRequest request, IServerStreamWriter<Wire.WatchNudgesResponse> responseStream, ServerCallContext context) =>
        inbox.RunAsync(Find(request.LearnerId), request.ResumeToken, responseStream, context);

    public override async Task<Wire.MarkNudgeResponse> MarkNudge(Wire.MarkNudgeRequest request, ServerCallContext context)
    {
        var learner = Find(request.LearnerId);
        var nudge = await LearnerInbox.FindAsync(learner, request.NudgeId, context).ConfigureAwait(false);
        var kind = request.Mark switch
        {
            Wire.NudgeMark.Opened => EventKind.NudgeOpened,
            Wire.NudgeMark.Dismissed => EventKind.NudgeDismissed,
            _ => throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "mark", "Set mark to opened or dismissed.")),
        };
        var marked = Reported(nudge.Course, $"{kind}:", request.NudgeId, null, kind, null) with { ObjectId = request.NudgeId };
        await RecordAsync(request.LearnerId, marked, context).ConfigureAwait(false);
        return new() { Nudge = NudgeMapping.ToWire(await LearnerInbox.FindAsync(learner, request.NudgeId, context).ConfigureAwait(false)) };
    }

    public override async Task<Wire.ExplainNudgeResponse> ExplainNudge(Wire.ExplainNudgeRequest request, ServerCallContext context) =>
        new() { Explanations = { await LearnerInbox.ExplainAsync(Find(request.LearnerId), request, context).ConfigureAwait(false) } };

    public override Task<Wire.RecommendCoursesResponse> RecommendCourses(Wire.RecommendCoursesRequest request, ServerCallContext context) =>
        RecommendationCalls.RecommendAsync(Find(request.LearnerId), request.Limit, context);

    public override async Task<Wire.DismissRecommendationResponse> DismissRecommendation(Wire.DismissRecommendationRequest request, ServerCallContext context)
    {
        Require(request.CourseId, "course_id");
        await RecommendationCalls.DismissAsync(Find(request.LearnerId), request, context).ConfigureAwait(false);
        return new();
    }

    private ILearnerGrain Find(string learnerId)
    {
        Require(learnerId, "learner_id");
        return learners.Find(LearnerKey.For(TenantId.Default, new LearnerId(learnerId)));
    }

    private async Task<Wire.Enrolment> EnrolmentAsync(string learnerId, string courseId, long? asOfMs, bool withFeatures, ServerCallContext context)
    {
        var answer = await Find(learnerId).GetEnrolmentAsync(new CourseId(courseId), asOfMs).ForAsync(context).ConfigureAwait(false);
        return LearnerMapping.ToWire(Found(answer, "enrolment", $"{learnerId}/{courseId}"), learnerId, ResumeToken.Of(answer.Version), withFeatures);
    }

    private LearnerEvent Reported(string courseId, string prefix, string requestId, Timestamp? occurredAt, EventKind kind, string? text)
    {
        if (EventMapping.TimeOf(occurredAt, "occurred_at", out var occurredAtMs) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        Require(courseId, "course_id");
        Require(requestId, "request_id");
        if (Encoding.UTF8.GetByteCount(requestId) > _requestIdBytesMax)
        {
            throw GatewayErrors.Invalid(new Rejection(
                RejectionReason.InvalidField, "request_id", $"Shorten request_id to at most {_requestIdBytesMax} bytes of UTF-8."));
        }

        return new()
        {
            Source = EventMapping.OwnSource,
            EventId = prefix + requestId,
            Course = new CourseId(courseId),
            Kind = kind,
            OccurredAtMs = occurredAt is null ? time.GetUtcNow().ToUnixTimeMilliseconds() : occurredAtMs,
            Text = string.IsNullOrEmpty(text) ? null : text,
        };
    }

    private async Task RecordAsync(string learnerId, LearnerEvent learnerEvent, ServerCallContext context)
    {
        var outcome = await Find(learnerId).RecordAsync(new EventBatch([learnerEvent], 0)).ForAsync(context).ConfigureAwait(false);
        switch (outcome.Results[0].Status)
        {
            case EventStatus.Rejected:
                throw Refusal(outcome.Results[0].Rejection!, learnerEvent);
            case EventStatus.Retry:
                throw GatewayErrors.Unavailable(options.Value.RetryAfter());
            default:
                return;
        }
    }

    private static RpcException Refusal(Rejection rejection, LearnerEvent learnerEvent)
    {
        // The event's fields have other names in the request.
        var fault = rejection.Field switch
        {
            "event_id" => rejection with { Field = "request_id" },
            "withdrew.reason" => rejection with { Field = "reason" },
            _ => rejection,
        };
        return rejection.Reason switch
        {
            RejectionReason.TooLate => GatewayErrors.Precondition(fault),
            RejectionReason.UnknownCourse => GatewayErrors.NotFound("course", learnerEvent.Course.Value),
            RejectionReason.LimitExceeded or RejectionReason.DraftCourseLimit => GatewayErrors.LimitReached(fault),
            _ => GatewayErrors.Invalid(fault),
        };
    }

    private static long? AsOf(Timestamp? asOf)
    {
        if (EventMapping.TimeOf(asOf, "as_of", out var asOfMs) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        return asOf is null ? null : asOfMs;
    }

    private static void Require(string id, string field)
    {
        if (LearnerEventRules.CheckId(id, field, required: true) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }
    }

    private static T Found<T>(LearnerAnswer<T> answer, string type, string name)
        where T : class => answer.Status switch
        {
            AnswerStatus.Found => answer.Value!,
            AnswerStatus.TooEarly => throw GatewayErrors.TooEarly(answer.NewestEventAtMs),
            _ => throw GatewayErrors.NotFound(type, name),
        };
}
