using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Receivers;

/// <summary>An HTTP server on loopback that takes nudges as a course team's server would: it verifies signatures and records idempotency keys.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private const int NoAnswer = 0;

    private readonly ConcurrentQueue<Func<HttpContext, Task<int>>> _script = new();
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();
    private readonly WebApplication _app;

    private WebhookReceiver(string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(context => TakeAsync(context, secret));
    }

    /// <summary>The address to post to.</summary>
    public string Url => _app.Urls.Single() + "/nudges";

    /// <summary>Every request, in order of arrival, whatever it was answered.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    /// <summary>How often each key was answered with 2xx.</summary>
    public IReadOnlyDictionary<string, int> DeliveriesByKey => _received.Where(one => one.StatusCode is >= 200 and < 300).GroupBy(one => one.Key).ToDictionary(group => group.Key, group => group.Count());

    public static async Task<WebhookReceiver> StartAsync(string secret)
    {
        var receiver = new WebhookReceiver(secret);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers the next request with this status; when nothing is left of the script, answers are 204.</summary>
    public void AnswerNext(int statusCode, string? header = null, string? value = null) => _script.Enqueue(context =>
    {
        if (header is not null)
        {
            context.Response.Headers[header] = value;
        }

        return Task.FromResult(statusCode);
    });

    /// <summary>Lets the next request wait until its sender gives up.</summary>
    public void HangNext() => _script.Enqueue(async context =>
    {
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return NoAnswer;
    });

    /// <summary>Breaks the next request's connection without an answer.</summary>
    public void BreakNext() => _script.Enqueue(context =>
    {
        context.Abort();
        return Task.FromResult(NoAnswer);
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, string secret)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var signed = Encoding.UTF8.GetBytes($"{headers["X-CourseCompletion-Timestamp"]}.").Concat(body.ToArray()).ToArray();
        var expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        var statusCode = _script.TryDequeue(out var answer) ? await answer(context) : StatusCodes.Status204NoContent;
        _received.Enqueue(new(
            headers["Idempotency-Key"].ToString(),
            headers["X-CourseCompletion-Signature"].ToString().Split(',').Contains(expected),
            long.Parse(headers["X-CourseCompletion-Timestamp"].ToString()),
            headers.ContentType.ToString(),
            Encoding.UTF8.GetString(body.ToArray()),
            statusCode));

        // Recorded before it is answered, so that a sender that has its answer finds it here.
        if (statusCode != NoAnswer)
        {
            context.Response.StatusCode = statusCode;
        }
    }
}
