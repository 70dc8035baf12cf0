using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Google.Protobuf;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Xunit;

namespace CourseCompletion.EndToEndTests.Clients;

/// <summary>What a caller without a gRPC library of its own sees: JSON, gRPC-Web, the description of the API, health and reflection.</summary>
[Collection(HostCollection.Name)]
public sealed class JsonTests(SharedHost host)
{
    [Fact]
    public async Task Json_DefineRecordRead_AgreesWithWhatWasSent()
    {
        using var defined = await host.Http.PutAsync(
            new Uri("/v1/courses/json-101", UriKind.Relative),
            JsonContent.Create(new { title = "JSON", lessons = new[] { new { lessonId = "lesson-1", kind = "LESSON_KIND_VIDEO", length = "100s" } } }));
        Assert.True(defined.IsSuccessStatusCode, await defined.Content.ReadAsStringAsync());
        var at = Events.Start.ToString("yyyy-MM-ddTHH:mm:ssZ", null);
        var watched = new { eventId = "1", source = "web", learnerId = "json-ada", courseId = "json-101", lessonId = "lesson-1", occurredAt = at, videoWatched = new { from = 0, to = 40 } };

        using var recorded = await host.Http.PostAsJsonAsync(new Uri("/v1/events:record", UriKind.Relative), new { events = new object[] { watched, watched, new { eventId = "2" } } });

        var results = (await recorded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("results");
        Assert.Equal(
            ["EVENT_STATUS_ACCEPTED", "EVENT_STATUS_DUPLICATE", "EVENT_STATUS_REJECTED"],
            results.EnumerateArray().Select(result => result.GetProperty("status").GetString()));
        var learner = (await GetAsync("/v1/learners/json-ada")).GetProperty("learner");
        Assert.Equal("1", learner.GetProperty("eventCount").GetString());
        var enrolment = (await GetAsync("/v1/learners/json-ada/enrolments/json-101")).GetProperty("enrolment");
        Assert.Equal(0.4, enrolment.GetProperty("lessons")[0].GetProperty("watchedShare").GetDouble(), 6);
        await Eventually.HoldsAsync("the course has the learner", TimeSpan.FromSeconds(10), async () =>
        {
            var engagement = (await GetAsync("/v1/courses/json-101/engagement")).GetProperty("engagement");
            return engagement.GetProperty("uniqueWatchSeconds").GetDouble() == 40 ? null : engagement.GetRawText();
        });
    }

    [Fact]
    public async Task Json_UnknownLearner_IsNotFound()
    {
        using var answer = await host.Http.GetAsync(new Uri("/v1/learners/nobody", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(5, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("/v1/learners/json%2Fada")]
    [InlineData("/v1/learners/json%2fada/enrolments/json-101")]
    public async Task Json_EncodedSlashInThePath_IsInvalid(string path)
    {
        using var answer = await host.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(3, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("localhost:1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("rebound.example.org", HttpStatusCode.BadRequest)]
    public async Task Http_HostOfTheRequest_MustBeThisMachine(string name, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/health/live", UriKind.Relative));
        request.Headers.Host = name;

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task OpenApi_Document_DescribesEveryPathThatIsServed()
    {
        var document = await GetAsync("/openapi/v1.json");

        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.GetProperty("paths");
        foreach (var path in (string[])["/v1/events:record", "/v1/learners/{learner_id}", "/v1/courses/{course_id}/engagement"])
            Assert.True(paths.TryGetProperty(path, out _), $"No {path} in {paths.GetRawText()}");
    }

    // The bytes on the wire, as a browser's client makes them: a flag and a length before each message, trailers as the last.
    [Fact]
    public async Task GrpcWeb_RecordEvents_IsAnswered()
    {
        var message = new RecordEventsRequest { Events = { Events.Liked("web-ada", "web-101", 0) } }.ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        using var content = new ByteArrayContent(frame);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web+proto");

        using var answer = await host.Http.PostAsync(new Uri("/coursecompletion.v1.EngagementService/RecordEvents", UriKind.Relative), content);

        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.StartsWith("application/grpc-web", answer.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
        var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1));
        Assert.Equal(EventStatus.Accepted, RecordEventsResponse.Parser.ParseFrom(body, 5, length).Results[0].Status);
        Assert.Contains("grpc-status: 0", System.Text.Encoding.ASCII.GetString(body, 5 + length, body.Length - 5 - length), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_RunningHost_IsReadyOverGrpcAndHttp()
    {
        using var channel = EngagementChannel.Open(host.Process.Grpc);
        foreach (var service in (string[])["", "coursecompletion.v1.EngagementService", "coursecompletion.v1.LearnerService", "coursecompletion.v1.CourseService"])
        {
            var health = await new Health.HealthClient(channel).CheckAsync(new() { Service = service });
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        }

        foreach (var page in (string[])["/health/startup", "/health/live", "/health/ready"])
            Assert.Equal("Healthy", await host.Http.GetStringAsync(new Uri(page, UriKind.Relative)));
    }

    [Fact]
    public async Task Reflection_ListServices_NamesEveryService()
    {
        using var channel = EngagementChannel.Open(host.Process.Grpc);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new() { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var names = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();
        foreach (var name in (string[])["EngagementService", "LearnerService", "CourseService"])
            Assert.Contains("coursecompletion.v1." + name, names);
        Assert.Contains("grpc.health.v1.Health", names);
        await call.RequestStream.CompleteAsync();
    }

    private Task<JsonElement> GetAsync(string path) => host.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));
}
