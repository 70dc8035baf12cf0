using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Campaigns;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Questions;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Questions;

/// <summary>Questions of courses, their answers and votes, and live sessions.</summary>
internal sealed class QuestionGateway(IQuestionDirectory boards, GrainWatch watch) : Wire.QuestionService.QuestionServiceBase
{
    public override async Task<Wire.AskQuestionResponse> AskQuestion(Wire.AskQuestionRequest request, ServerCallContext context)
    {
        var outcome = await Find(request.CourseId)
            .AskAsync(new(request.LearnerId, request.RequestId, request.LessonId, request.Text)).ForAsync(context).ConfigureAwait(false);
        return new() { Question = QuestionOf(outcome, request.CourseId, "") };
    }

    public override async Task<Wire.AnswerQuestionResponse> AnswerQuestion(Wire.AnswerQuestionRequest request, ServerCallContext context)
    {
        var outcome = await Find(request.CourseId)
            .AnswerAsync(new(request.LearnerId, request.RequestId, request.QuestionId, request.Text)).ForAsync(context).ConfigureAwait(false);
        return new() { Question = QuestionOf(outcome, request.CourseId, request.QuestionId), AnswerId = outcome.Answer };
    }

    public override async Task<Wire.AcceptAnswerResponse> AcceptAnswer(Wire.AcceptAnswerRequest request, ServerCallContext context)
    {
        var outcome = await Find(request.CourseId)
            .AcceptAsync(new(request.LearnerId, request.RequestId, request.QuestionId, request.AnswerId)).ForAsync(context).ConfigureAwait(false);
        return new() { Question = QuestionOf(outcome, request.CourseId, request.QuestionId) };
    }

    public override async Task<Wire.VoteResponse> Vote(Wire.VoteRequest request, ServerCallContext context)
    {
        // A number of a newer release stays one that the rules do not know.
        var vote = (int)request.Vote is >= 0 and <= byte.MaxValue ? (QuestionVote)request.Vote : (QuestionVote)byte.MaxValue;
        var outcome = await Find(request.CourseId)
            .VoteAsync(new(request.LearnerId, request.RequestId, request.QuestionId, request.AnswerId, vote)).ForAsync(context).ConfigureAwait(false);
        return new() { Question = QuestionOf(outcome, request.CourseId, request.QuestionId) };
    }

    public override async Task<Wire.GetQuestionResponse> GetQuestion(Wire.GetQuestionRequest request, ServerCallContext context)
    {
        if (LearnerEventRules.CheckId(request.LearnerId, "learner_id", required: false) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        var question = await Find(request.CourseId)
            .GetAsync(request.QuestionId, request.LearnerId.Length == 0 ? null : request.LearnerId).ForAsync(context).ConfigureAwait(false);
        return new() { Question = QuestionMapping.ToWire(question ?? throw GatewayErrors.NotFound("question", request.QuestionId)) };
    }

    public override async Task<Wire.ListQuestionsResponse> ListQuestions(Wire.ListQuestionsRequest request, ServerCallContext context)
    {
        var page = await Find(request.CourseId).ListAsync(QuestionQueryMapping.From(request)).ForAsync(context).ConfigureAwait(false);
        return new()
        {
            Questions = { page.Questions.Select(QuestionMapping.ToWire) },
            NextPageToken = page.IsLast ? "" : QuestionPageToken.After(page.Questions[^1]),
        };
    }

    public override Task WatchQuestions(
        Wire.WatchQuestionsRequest request, IServerStreamWriter<Wire.WatchQuestionsResponse> responseStream, ServerCallContext context)
    {
        var board = Find(request.CourseId);
        var seen = ResumeToken.Revision(request.ResumeToken);
        var isFirst = true;
        return watch.RunAsync(
            async (patience, end) =>
            {
                var changes = await board.WatchAsync(seen, patience).AsTask().WaitAsync(end).ConfigureAwait(false);
                var isNew = isFirst || changes.Questions.Length > 0;
                if (isNew)
                {
                    var response = new Wire.WatchQuestionsResponse
                    {
                        Questions = { changes.Questions.Select(QuestionMapping.ToWire) },
                        ResumeToken = ResumeToken.Of(changes.Revision),
                    };
                    await responseStream.WriteUntilAsync(response, end).ConfigureAwait(false);
                }

                (seen, isFirst) = (changes.Revision, false);
                return isNew;
            },
            context);
    }

    public override async Task<Wire.ScheduleQuestionSessionResponse> ScheduleQuestionSession(Wire.ScheduleQuestionSessionRequest request, ServerCallContext context)
    {
        Require(request.Session?.StartsAt is not null, "session.starts_at", "Set session.starts_at: it is required here.");
        if (EventMapping.TimeOf(request.Session!.StartsAt, "session.starts_at", out var startsAtMs) is { } unreadable)
        {
            throw GatewayErrors.Invalid(unreadable);
        }

        var leadMs = request.Session.RemindBefore is { } given ? TimingMapping.MillisecondsOf(given) ?? -1 : QuestionPolicy.SessionLeadMsDefault;
        var session = new SessionView(request.Session.SessionId, request.Session.Title, startsAtMs, request.Session.Link, leadMs);
        var outcome = await Find(request.CourseId).ScheduleSessionAsync(session).ForAsync(context).ConfigureAwait(false);
        return outcome.Session is { } scheduled
            ? new() { Session = QuestionMapping.ToWire(scheduled) }
            : throw Refusal(outcome.Fault! with { Field = outcome.Fault.Field == "course_id" ? "course_id" : $"session.{outcome.Fault.Field}" }, request.CourseId);
    }

    public override async Task<Wire.CancelQuestionSessionResponse> CancelQuestionSession(Wire.CancelQuestionSessionRequest request, ServerCallContext context) =>
        await Find(request.CourseId).CancelSessionAsync(request.SessionId).ForAsync(context).ConfigureAwait(false)
            ? new()
            : throw GatewayErrors.NotFound("session", request.SessionId);

    public override async Task<Wire.ListQuestionSessionsResponse> ListQuestionSessions(Wire.ListQuestionSessionsRequest request, ServerCallContext context)
    {
        var sessions = await Find(request.CourseId).ListSessionsAsync().ForAsync(context).ConfigureAwait(false);
        return new() { Sessions = { sessions.Select(QuestionMapping.ToWire) } };
    }

    private IQuestionBoardGrain Find(string courseId) => LearnerEventRules.CheckId(courseId, "course_id", required: true) is { } fault
        ? throw GatewayErrors.Invalid(fault)
        : boards.Find(CourseKey.For(TenantId.Default, new CourseId(courseId)));

    private static Wire.Question QuestionOf(QuestionOutcome outcome, string courseId, string questionId) => outcome switch
    {
        { Question: { } question } => QuestionMapping.ToWire(question),
        { Fault: { } fault } => throw Refusal(fault, courseId),
        _ => throw GatewayErrors.NotFound("question", questionId),
    };

    private static RpcException Refusal(Rejection fault, string courseId) => fault.Reason switch
    {
        RejectionReason.UnknownCourse => GatewayErrors.NotFound("course", courseId),
        RejectionReason.LimitExceeded or RejectionReason.DraftCourseLimit => GatewayErrors.LimitReached(fault),
        _ => GatewayErrors.Invalid(fault),
    };

    private static void Require(bool holds, string field, string message)
    {
        if (!holds)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, field, message));
        }
    }
}
