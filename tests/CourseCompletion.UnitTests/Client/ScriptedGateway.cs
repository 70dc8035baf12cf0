using System.Collections.Concurrent;
using CourseCompletion.Protocol.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.UnitTests.Client;

/// <summary>A gateway without an engine: a real server on a loopback port that does to each stream what a test's script says.</summary>
internal sealed class ScriptedGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedGateway(WebApplication app, Uri address, GatewayScript script)
    {
        _app = app;
        Address = address;
        Script = script;
    }

    public Uri Address { get; }

    public GatewayScript Script { get; }

    /// <summary>Starts a gateway; port 0 takes a free one.</summary>
    public static async Task<ScriptedGateway> StartAsync(GatewayScript script, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhostPort(port));
        builder.Services.AddSingleton(script);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<Service>();
        app.MapGrpcService<Courses>();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(app, new Uri(address), script);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private sealed class Service(GatewayScript script) : EngagementService.EngagementServiceBase
    {
        public override Task StreamEvents(
            IAsyncStreamReader<StreamEventsRequest> requests, IServerStreamWriter<StreamEventsResponse> responses, ServerCallContext context)
        {
            var number = script.OpenStream();
            return script.OnStream(new(number, script, requests, responses, context));
        }
    }

    private sealed class Courses : CourseService.CourseServiceBase
    {
        public override Task<UpsertCourseResponse> UpsertCourse(UpsertCourseRequest request, ServerCallContext context) =>
            Task.FromResult(new UpsertCourseResponse { Course = request.Course });
    }
}

/// <summary>What a gateway does with its streams, and what it saw.</summary>
internal sealed class GatewayScript(Func<ScriptedStream, Task> onStream)
{
    private int _streams;

    public Func<ScriptedStream, Task> OnStream { get; } = onStream;

    /// <summary>The durable events by identity, with how many times each was recorded: 1 unless something is wrong.</summary>
    public ConcurrentDictionary<string, Event> Durable { get; } = new();

    public int Streams => Volatile.Read(ref _streams);

    public int OpenStream() => Interlocked.Increment(ref _streams);
}

/// <summary>One stream of a <see cref="ScriptedGateway"/>.</summary>
internal sealed record ScriptedStream(
    int Number,
    GatewayScript Script,
    IAsyncStreamReader<StreamEventsRequest> Requests,
    IServerStreamWriter<StreamEventsResponse> Responses,
    ServerCallContext Context)
{
    /// <summary>Answers everything with ACCEPTED or DUPLICATE, as a healthy server does.</summary>
    public async Task AnswerAllAsync()
    {
        await foreach (var request in Requests.ReadAllAsync(Context.CancellationToken))
            await Responses.WriteAsync(Record(request));
    }

    /// <summary>Makes a batch durable and builds its answer.</summary>
    public StreamEventsResponse Record(StreamEventsRequest request, Func<Event, EventResult?>? instead = null)
    {
        var response = new StreamEventsResponse { BatchId = request.BatchId };
        foreach (var e in request.Events)
        {
            response.Results.Add(instead?.Invoke(e) ?? new EventResult
            {
                Status = Script.Durable.TryAdd(e.EventId, e) ? EventStatus.Accepted : EventStatus.Duplicate,
                CompletionProbability = 0.5,
            });
        }

        return response;
    }
}

file static class KestrelPorts
{
    public static void ListenLocalhostPort(this KestrelServerOptions kestrel, int port) =>
        kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
}
