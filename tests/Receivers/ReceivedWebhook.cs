namespace CourseCompletion.Receivers;

/// <summary>A request that a <see cref="WebhookReceiver"/> got.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="IsSigned">Whether one of the signatures is that of the receiver's secret.</param>
/// <param name="Timestamp">When it was sent, as it says, in seconds.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Body">The body.</param>
/// <param name="StatusCode">What it was answered; 0 for nothing.</param>
internal sealed record ReceivedWebhook(string Key, bool IsSigned, long Timestamp, string ContentType, string Body, int StatusCode);
