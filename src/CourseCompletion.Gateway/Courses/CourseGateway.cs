using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Gateway.Insights;
using CourseCompletion.Gateway.Interests;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Courses;

/// <summary>Defines courses and reads their live numbers, learners and findings.</summary>
internal sealed class CourseGateway(ICourseDirectory courses, GrainWatch watch, TimeProvider time) : Wire.CourseService.CourseServiceBase
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 500;

    public override async Task<Wire.UpsertCourseResponse> UpsertCourse(Wire.UpsertCourseRequest request, ServerCallContext context)
    {
        if (request.Course is null)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "course", "Set course: it is required here."));
        }

        var key = KeyOf(request.Course.CourseId, "course.course_id");
        var faults = new List<Rejection>();
        var definition = CourseMapping.Read(request.Course, faults);
        if (faults.Count > 0)
        {
            throw GatewayErrors.Invalid(faults);
        }

        var expectedVersion = request.HasExpectedVersion ? request.ExpectedVersion : (long?)null;
        var outcome = await courses.Find(key).UpsertAsync(definition, expectedVersion).ForAsync(context).ConfigureAwait(false);
        if (outcome.Definition is { } stored)
        {
            return new() { Course = CourseMapping.ToWire(stored) };
        }

        throw outcome.Faults.Count > 0 ? GatewayErrors.Invalid(outcome.Faults) : GatewayErrors.VersionConflict(outcome.CurrentVersion);
    }

    public override async Task<Wire.GetCourseResponse> GetCourse(Wire.GetCourseRequest request, ServerCallContext context)
    {
        var definition = await courses.Find(KeyOf(request.CourseId)).GetDefinitionAsync().ForAsync(context).ConfigureAwait(false);
        return new() { Course = CourseMapping.ToWire(definition ?? throw NotFound(request.CourseId)) };
    }

    public override async Task<Wire.GetEngagementResponse> GetEngagement(Wire.GetEngagementRequest request, ServerCallContext context)
    {
        var engagement = await courses.Find(KeyOf(request.CourseId)).GetEngagementAsync().ForAsync(context).ConfigureAwait(false);
        return new() { Engagement = EngagementMapping.ToWire(engagement ?? throw NotFound(request.CourseId), NowMs) };
    }

    public override Task WatchEngagement(
        Wire.WatchEngagementRequest request, IServerStreamWriter<Wire.WatchEngagementResponse> responseStream, ServerCallContext context)
    {
        var course = courses.Find(KeyOf(request.CourseId));
        var isFirst = true;
        var seen = ResumeToken.Revision(request.ResumeToken) ?? 0;
        return watch.RunAsync(
            async (patience, end) =>
            {
                // The first question tells a course that does not exist from one that does not change.
                var current = isFirst
                    ? await course.GetEngagementAsync().AsTask().WaitAsync(end).ConfigureAwait(false) ?? throw NotFound(request.CourseId)
                    : await course.WatchEngagementAsync(seen, patience).AsTask().WaitAsync(end).ConfigureAwait(false);
                isFirst = false;
                if (current is null || current.Revision == seen)
                {
                    return false;
                }

                await responseStream.WriteUntilAsync(new() { Engagement = EngagementMapping.ToWire(current, NowMs) }, end).ConfigureAwait(false);
                seen = current.Revision;
                return true;
            },
            context);
    }

    public override async Task<Wire.GetCompletionIndexResponse> GetCompletionIndex(Wire.GetCompletionIndexRequest request, ServerCallContext context)
    {
        var index = await courses.Find(KeyOf(request.CourseId)).GetCompletionIndexAsync().ForAsync(context).ConfigureAwait(false);
        return new() { CompletionIndex = IndexMapping.ToWire(index ?? throw NotFound(request.CourseId)) };
    }

    public override async Task<Wire.ListLearnersResponse> ListLearners(Wire.ListLearnersRequest request, ServerCallContext context)
    {
        var key = KeyOf(request.CourseId);
        var limit = request.PageSize == 0 ? PageSizeDefault : request.PageSize;
        var page = PageOf(request, limit);
        var engagement = await courses.Find(key).GetEngagementAsync().ForAsync(context).ConfigureAwait(false) ?? throw NotFound(request.CourseId);
        var shards = await Task.WhenAll(
            Enumerable.Range(0, engagement.ShardCount)
                .Select(shard => courses.FindRoster(RosterKey.For(key, shard)).ListAsync(page.Query(limit)).ForAsync(context))).ConfigureAwait(false);
        var entries = page.Merge(shards, limit);

        // A full page may be the last one; the next is empty then, which costs less than asking for one more each time.
        return new()
        {
            Learners = { entries.Select(EngagementMapping.ToWire) },
            NextPageToken = entries.Length < limit ? "" : page.TokenAfter(entries[^1]),
        };
    }

    public override async Task<Wire.GetVideoEngagementResponse> GetVideoEngagement(Wire.GetVideoEngagementRequest request, ServerCallContext context)
    {
        var key = KeyOf(request.CourseId);
        if (LearnerEventRules.CheckId(request.LessonId, "lesson_id", required: true) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        var engagement = await courses.Find(key).GetEngagementAsync().ForAsync(context).ConfigureAwait(false) ?? throw NotFound(request.CourseId);
        var lesson = engagement.Course.FindLesson(request.LessonId) ?? throw GatewayErrors.NotFound("lesson", request.LessonId);
        return lesson.LengthMs > 0
            ? new() { Video = InsightMapping.ToWire(engagement, lesson) }
            : throw GatewayErrors.Precondition(new(RejectionReason.InvalidField, "lesson_id", "The lesson's length is not known: set it with UpsertCourse."));
    }

    public override async Task<Wire.GetInsightsResponse> GetInsights(Wire.GetInsightsRequest request, ServerCallContext context)
    {
        var found = await courses.FindInsights(KeyOf(request.CourseId)).GetAsync().ForAsync(context).ConfigureAwait(false) ?? throw NotFound(request.CourseId);
        return new()
        {
            Insights = { found.Insights.Select(insight => InsightMapping.ToWire(insight, found.Course)) },
            EvaluatedAt = TimestampMapping.From(found.EvaluatedAtMs),
        };
    }

    public override async Task<Wire.MarkInsightFixedResponse> MarkInsightFixed(Wire.MarkInsightFixedRequest request, ServerCallContext context)
    {
        var found = await courses.FindInsights(KeyOf(request.CourseId)).MarkFixedAsync(request.InsightId).ForAsync(context).ConfigureAwait(false);
        return found is null
            ? throw GatewayErrors.NotFound("insight", request.InsightId)
            : new() { Insight = InsightMapping.ToWire(found.Insights[0], found.Course) };
    }

    public override async Task<Wire.GetTopicsResponse> GetTopics(Wire.GetTopicsRequest request, ServerCallContext context)
    {
        var topics = await courses.FindTopics(KeyOf(request.CourseId)).GetAsync().ForAsync(context).ConfigureAwait(false) ?? throw NotFound(request.CourseId);
        return new() { Topics = TopicMapping.ToWire(topics) };
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static LearnerPage PageOf(Wire.ListLearnersRequest request, int limit)
    {
        var faults = new List<Rejection>();
        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                faults.Add(new(RejectionReason.InvalidField, field, message));
            }
        }

        var min = request.HasMinProbability ? request.MinProbability : 0;
        var max = request.HasMaxProbability ? request.MaxProbability : 1;
        var order = EngagementMapping.OrderOf(request.OrderBy);
        Require(limit is >= 1 and <= PageSizeMax, "page_size", $"Send a page_size from 0 to {PageSizeMax}.");
        Require(order is not null, "order_by", "Send one of the known orders.");
        Require(min is >= 0 and <= 1, "min_probability", "Send a probability from 0 to 1.");
        Require(max is >= 0 and <= 1 && !(max < min), "max_probability", "Send a probability from min_probability to 1.");

        var page = new LearnerPage(request.CourseId, order ?? default, min, max);
        var here = request.PageToken.Length == 0 ? page : page.From(request.PageToken);
        Require(here is not null, "page_token", "Send the next_page_token of a page of the same course, order and filter.");
        return faults.Count == 0 ? here! : throw GatewayErrors.Invalid(faults);
    }

    private static CourseKey KeyOf(string courseId, string field = "course_id") =>
        LearnerEventRules.CheckId(courseId, field, required: true) is { } fault
            ? throw GatewayErrors.Invalid(fault)
            : CourseKey.For(TenantId.Default, new CourseId(courseId));

    private static RpcException NotFound(string courseId) => GatewayErrors.NotFound("course", courseId);
}
