using System.Text.Json;
using CourseCompletion.Channels;
using CourseCompletion.Channels.Webhooks;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Receivers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CourseCompletion.UnitTests.Channels.Webhooks;

public sealed class WebhookSenderTests : IAsyncLifetime
{
    private const string Secret = "a secret of the course team";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_772_000_000));
    private WebhookReceiver _receiver = null!;
    private ServiceProvider _services = null!;
    private INudgeSender _sender = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync(Secret);
        Configure(("Url", _receiver.Url), ("Secret", Secret));
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_ReceiverTakesIt_IsDeliveredSignedUnderItsKey()
    {
        Assert.Equal(SendOutcome.Delivered, await SendAsync("nudge-1"));

        var received = Assert.Single(_receiver.Received);
        Assert.Equal(("nudge-1", true, 1_772_000_000, "application/json; charset=utf-8"), (received.Key, received.IsSigned, received.Timestamp, received.ContentType));
        using var body = JsonDocument.Parse(received.Body);
        Assert.Equal(
            [
                ("type", "nudge"), ("tenant", "default"), ("nudge_id", "nudge-1"), ("learner_id", "ада"), ("campaign_id", "daily"), ("occurrence_id", "daily/1"), ("purpose", "check_in"), ("locale", "zh-CN"),
                ("subject", "第 4 天"), ("text", "加油 & <go>"), ("html", "<p>加油 &amp; &lt;go&gt;</p>"), ("link", "https://learn.example/c/1"), ("unsubscribe_url", Nudges.Of().UnsubscribeUrl),
            ],
            body.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.GetString())));
        Assert.DoesNotContain("ada@learn.example", received.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_Digest_NamesItsOtherNudges()
    {
        var message = Nudges.Of("nudge-1") with { Others = [new("nudge-2", "weekly", "weekly/1", "win_back", "第 5 天", "再来", null)] };

        Assert.Equal(SendOutcome.Delivered, await _sender.SendAsync(message, CancellationToken.None));

        using var body = JsonDocument.Parse(Assert.Single(_receiver.Received).Body);
        Assert.Equal(
            """[{"nudge_id":"nudge-2","campaign_id":"weekly","occurrence_id":"weekly/1","purpose":"win_back","subject":"第 5 天","text":"再来"}]""",
            body.RootElement.GetProperty("others").GetRawText());
    }

    [Fact]
    public async Task SendAsync_WhileASecretIsReplaced_IsSignedWithBoth()
    {
        await _services.DisposeAsync();
        Configure(("Url", _receiver.Url), ("Secret", "the new secret, not known there yet"), ("PreviousSecret", Secret));
        await SendAsync();

        Assert.True(Assert.Single(_receiver.Received).IsSigned);
    }

    [Fact]
    public async Task SendAsync_OtherSecret_IsNotSignedForTheReceiver()
    {
        await _services.DisposeAsync();
        Configure(("Url", _receiver.Url), ("Secret", "the new secret, not known there yet"));
        await SendAsync();

        Assert.False(Assert.Single(_receiver.Received).IsSigned);
    }

    [Theory]
    [InlineData("daily/1:a~b", "daily/1:a~b")]
    [InlineData("daily/ада 1", "daily%2F%D0%B0%D0%B4%D0%B0%201")]
    [InlineData("a\r\nX-Injected: yes", "a%0D%0AX-Injected%3A%20yes")]
    public async Task SendAsync_AnyNudgeId_IsAKeyThatAHeaderCanCarry(string nudgeId, string key)
    {
        Assert.Equal(SendOutcome.Delivered, await SendAsync(nudgeId));
        Assert.Equal(key, Assert.Single(_receiver.Received).Key);
    }

    [Theory]
    [InlineData(200, SendStatus.Delivered)]
    [InlineData(202, SendStatus.Delivered)]
    [InlineData(301, SendStatus.Refused)]
    [InlineData(307, SendStatus.Refused)]
    [InlineData(400, SendStatus.Refused)]
    [InlineData(401, SendStatus.Refused)]
    [InlineData(404, SendStatus.Refused)]
    [InlineData(408, SendStatus.TryAgain)]
    [InlineData(410, SendStatus.Refused)]
    [InlineData(425, SendStatus.TryAgain)]
    [InlineData(429, SendStatus.TryAgain)]
    [InlineData(500, SendStatus.TryAgain)]
    [InlineData(503, SendStatus.TryAgain)]
    public async Task SendAsync_StatusCode_DecidesTheOutcome(int statusCode, SendStatus expected)
    {
        _receiver.AnswerNext(statusCode, "Location", _receiver.Url);
        var outcome = await SendAsync();

        Assert.Equal((expected, expected == SendStatus.Delivered ? "" : $"http {statusCode}"), (outcome.Status, outcome.Reason));
        Assert.Single(_receiver.Received);
    }

    [Fact]
    public async Task SendAsync_RetryAfter_IsPassedOn()
    {
        _receiver.AnswerNext(429, "Retry-After", "120");
        _receiver.AnswerNext(503, "Retry-After", _time.GetUtcNow().AddSeconds(90).ToString("R"));
        _receiver.AnswerNext(503, "Retry-After", "soon");

        Assert.Equal(TimeSpan.FromSeconds(120), (await SendAsync()).After);
        Assert.Equal(TimeSpan.FromSeconds(90), (await SendAsync()).After);
        Assert.Null((await SendAsync()).After);
    }

    [Fact]
    public async Task SendAsync_ReceiverFailsFirst_DeliversUnderTheSameKey()
    {
        _receiver.AnswerNext(500);
        _receiver.AnswerNext(429);
        _receiver.BreakNext();

        Assert.Equal("http 500", (await SendAsync()).Reason);
        Assert.Equal("http 429", (await SendAsync()).Reason);
        Assert.Equal(SendStatus.TryAgain, (await SendAsync()).Status);
        Assert.Equal(SendOutcome.Delivered, await SendAsync());
        Assert.Equal(1, Assert.Single(_receiver.DeliveriesByKey).Value);
        Assert.Single(_receiver.Received.Select(one => one.Key).Distinct());
    }

    [Fact]
    public async Task SendAsync_ReceiverHangs_IsTriedAgainAfterTheTimeout()
    {
        await _services.DisposeAsync();
        Configure(("Url", _receiver.Url), ("Secret", Secret), ("Timeout", "00:00:00.2"));
        _receiver.HangNext();

        Assert.Equal(SendOutcome.TryAgain("http timeout"), await SendAsync());
    }

    [Fact]
    public async Task SendAsync_NobodyListens_IsTriedAgain()
    {
        await _receiver.DisposeAsync();

        Assert.Equal(SendOutcome.TryAgain("http ConnectionError"), await SendAsync());
    }

    [Fact]
    public async Task SendAsync_Cancelled_Throws()
    {
        _receiver.HangNext();
        using var ends = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sender.SendAsync(Nudges.Of(), ends.Token));
    }

    private Task<SendOutcome> SendAsync(string nudgeId = "nudge-1") => _sender.SendAsync(Nudges.Of(nudgeId), CancellationToken.None);

    private void Configure(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => $"{WebhookOptions.Section}:{setting.Key}", setting => (string?)setting.Value)).Build();
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddChannels(configuration).BuildServiceProvider();
        _sender = _services.GetRequiredService<INudgeSender>();
    }
}
