using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CourseCompletion.Domain.Campaigns.Channels;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Channels.Webhooks;

/// <summary>Posts nudges to the course team's server, signed, with the nudge's id as idempotency key.</summary>
/// <remarks>
/// Any 2xx answer is a delivery. 408, 425, 429 and 5xx, timeouts and broken connections are tried again, as late as <c>Retry-After</c> asks; everything else is refused for good, redirects too:
/// a signed body goes to the configured address or nowhere.
/// </remarks>
public sealed class WebhookSender(IHttpClientFactory clients, IOptions<WebhookOptions> options, TimeProvider time) : INudgeSender
{
    /// <summary>The name of the HTTP client.</summary>
    internal const string ClientName = "CourseCompletion.Channels.Webhook";

    private static readonly MediaTypeHeaderValue _json = new("application/json", "utf-8");

    /// <inheritdoc/>
    public NudgeChannel Channel => NudgeChannel.Webhook;

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(NudgeMessage message, CancellationToken cancellationToken)
    {
        using var request = RequestOf(message);
        try
        {
            // What the receiver writes is of no interest beyond its head.
            using var response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return OutcomeOf(response, time.GetUtcNow());
        }
        catch (HttpRequestException exception)
        {
            return SendOutcome.TryAgain($"http {exception.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendOutcome.TryAgain("http timeout");
        }
    }

    private static SendOutcome OutcomeOf(HttpResponseMessage response, DateTimeOffset now)
    {
        var code = response.StatusCode;
        var reason = string.Create(CultureInfo.InvariantCulture, $"http {(int)code}");
        return response.IsSuccessStatusCode ? SendOutcome.Delivered
            : code is HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                ? SendOutcome.TryAgain(reason, response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null)
                : SendOutcome.Refused(reason);
    }

    // A header carries visible ASCII only, and ids may have been made of learners' ids.
    private static string KeyOf(string nudgeId) => nudgeId.All(c => c is > ' ' and <= '~') ? nudgeId : Uri.EscapeDataString(nudgeId);

    private HttpRequestMessage RequestOf(NudgeMessage message)
    {
        var body = WebhookBody.Of(message);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = WebhookSignature.Of(timestamp, body, options.Value.Secret);
        if (options.Value.PreviousSecret is { } previous)
        {
            signature += "," + WebhookSignature.Of(timestamp, body, previous);
        }

        return new(HttpMethod.Post, options.Value.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = _json } },
            Headers =
            {
                { WebhookSignature.IdempotencyHeader, KeyOf(message.NudgeId) },
                { WebhookSignature.TimestampHeader, timestamp },
                { WebhookSignature.Header, signature },
                { "User-Agent", "CourseCompletion" },
            },
        };
    }
}
