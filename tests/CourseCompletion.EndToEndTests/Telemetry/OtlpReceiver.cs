using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.EndToEndTests.Telemetry;

/// <summary>A collector on loopback that takes spans by OTLP over HTTP and keeps what says how they hang together.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly WebApplication _app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/traces", TakeAsync);
        _app.MapPost("/v1/metrics", () => Results.Ok());
    }

    /// <summary>Every span, in order of arrival.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>What a server is told to send to it.</summary>
    public string[] Settings => ["--Telemetry:OtlpEndpoint", _app.Urls.Single(), "--Telemetry:OtlpTransport", "Http"];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        // ExportTraceServiceRequest.resource_spans = 1, ResourceSpans.scope_spans = 2, ScopeSpans.spans = 2.
        var request = await ByteString.FromStreamAsync(context.Request.Body);
        foreach (var span in Nested(request, 1).SelectMany(resource => Nested(resource, 2)).SelectMany(scope => Nested(scope, 2)))
        {
            _spans.Enqueue(new(Hexadecimal(span, 1), Hexadecimal(span, 2), Hexadecimal(span, 4), string.Concat(Nested(span, 5).Select(name => name.ToStringUtf8()))));
        }
    }

    private static string Hexadecimal(ByteString message, int field) => string.Concat(Nested(message, field).Select(id => Convert.ToHexStringLower(id.Span)));

    private static IEnumerable<ByteString> Nested(ByteString message, int field)
    {
        var input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
                input.SkipLastField();
            else if (input.ReadBytes() is var value && WireFormat.GetTagFieldNumber(tag) == field)
                yield return value;
        }
    }
}
