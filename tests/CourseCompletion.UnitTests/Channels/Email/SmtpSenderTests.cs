using CourseCompletion.Channels.Email;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Receivers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace CourseCompletion.UnitTests.Channels.Email;

public sealed class SmtpSenderTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_772_000_000));
    private readonly MailReceiver _receiver = MailReceiver.Start();
    private readonly SmtpOptions _options;
    private readonly SmtpSender _sender;

    public SmtpSenderTests()
    {
        _options = new() { Host = "127.0.0.1", Port = _receiver.Port, Security = SmtpSecurity.None, From = "Learning 学 <no-reply@learn.example>", Timeout = TimeSpan.FromSeconds(10), ConnectionsMax = 2 };
        _sender = new(Options.Create(_options), _time);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        Dispose();
        await _receiver.DisposeAsync();
    }

    public void Dispose() => _sender.Dispose();

    [Fact]
    public async Task SendAsync_ServerTakesIt_IsACompleteMail()
    {
        Assert.Equal(SendOutcome.Delivered, await SendAsync(Nudges.Of("nudge-1")));

        var mail = Assert.Single(_receiver.Received);
        Assert.Equal(("第 4 天", "Learning 学", "ada@learn.example"), (mail.Subject, mail.From.Mailboxes.Single().Name, mail.To.Mailboxes.Single().Address));
        Assert.Equal(_time.GetUtcNow(), mail.Date);
        Assert.Matches("^[0-9a-f]{32}@learn\\.example$", mail.MessageId);
        Assert.Equal("加油 & <go>", mail.TextBody?.Trim());
        Assert.Equal("<p>加油 &amp; &lt;go&gt;</p>", mail.HtmlBody?.Trim());
        Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);

        // RFC 8058: the whole address in angle brackets, and the promise that one POST suffices.
        Assert.Equal($"<{Nudges.Of().UnsubscribeUrl}>", mail.Headers[HeaderId.ListUnsubscribe]?.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
    }

    [Fact]
    public async Task SendAsync_SameNudgeAgain_HasTheSameMessageId()
    {
        await SendAsync(Nudges.Of("nudge-1"));
        await SendAsync(Nudges.Of("nudge-1") with { Subject = "another text" });
        await SendAsync(Nudges.Of("nudge-2"));

        Assert.Equal(2, _receiver.Received.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(_receiver.Received[0].MessageId, _receiver.Received[1].MessageId);
    }

    [Fact]
    public async Task SendAsync_PlainTextOnly_IsOnePart()
    {
        await SendAsync(Nudges.Of() with { Html = null, UnsubscribeUrl = null });

        Assert.IsType<TextPart>(_receiver.Received[0].Body);
        Assert.False(_receiver.Received[0].Headers.Contains(HeaderId.ListUnsubscribe));
    }

    [Theory]
    [InlineData("Hi\r\nBcc: all@learn.example")]
    [InlineData("Hi\nX-Injected: yes")]
    [InlineData("Hi\r\n\r\nanother body")]
    public async Task SendAsync_LineBreakInTheSubject_BeginsNoHeader(string subject)
    {
        await SendAsync(Nudges.Of() with { Subject = subject, UnsubscribeUrl = "https://learn.example/u\r\nX-Injected: yes" });

        var mail = Assert.Single(_receiver.Received);
        Assert.Empty(mail.Bcc);
        Assert.False(mail.Headers.Contains("X-Injected"));
        Assert.StartsWith("Hi ", mail.Subject, StringComparison.Ordinal);
        Assert.Equal("加油 & <go>", mail.TextBody?.Trim());
    }

    [Theory]
    [InlineData(450, SendStatus.TryAgain)]
    [InlineData(451, SendStatus.TryAgain)]
    [InlineData(452, SendStatus.TryAgain)]
    [InlineData(550, SendStatus.Refused)]
    [InlineData(554, SendStatus.Refused)]
    public async Task SendAsync_ServerSaysNo_CodeDecidesTheOutcome(int code, SendStatus expected)
    {
        _receiver.AnswerNext(code);

        Assert.Equal((expected, $"smtp {code}"), (await SendAsync(Nudges.Of())) is var outcome ? (outcome.Status, outcome.Reason) : default);
        Assert.Equal(SendOutcome.Delivered, await SendAsync(Nudges.Of()));
        Assert.Single(_receiver.Received);
        Assert.Equal(1, _receiver.Connections);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b.example\r\nBcc: c@d.example")]
    public async Task SendAsync_NoAddress_IsRefusedWithoutConnecting(string? address)
    {
        Assert.Equal(SendOutcome.Refused("no address"), await SendAsync(Nudges.Of() with { Address = address }));
        Assert.Equal(0, _receiver.Connections);
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_ShareTheAllowedConnections()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => SendAsync(Nudges.Of($"nudge-{i}"))));

        Assert.Equal(40, _receiver.Received.Select(mail => mail.MessageId).Distinct().Count());
        Assert.InRange(_receiver.Connections, 1, _options.ConnectionsMax);
    }

    [Fact]
    public async Task SendAsync_AfterAnIdleTime_AsksWhetherTheConnectionStillStands()
    {
        await SendAsync(Nudges.Of("nudge-1"));
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(SendOutcome.Delivered, await SendAsync(Nudges.Of("nudge-2")));
        Assert.Equal(1, _receiver.Connections);
    }

    [Fact]
    public async Task SendAsync_NobodyListens_IsTriedAgain()
    {
        await _receiver.DisposeAsync();

        Assert.Equal(SendStatus.TryAgain, (await SendAsync(Nudges.Of())).Status);
    }

    [Fact]
    public async Task SendAsync_ServerWithoutTls_IsTriedAgainAndSendsNothingInTheClear()
    {
        using var sender = new SmtpSender(Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = _receiver.Port, From = _options.From }), _time);

        Assert.Equal(SendOutcome.TryAgain("smtp unsupported"), await sender.SendAsync(Nudges.Of(), CancellationToken.None));
        Assert.Empty(_receiver.Received);
    }

    private Task<SendOutcome> SendAsync(NudgeMessage nudge) => _sender.SendAsync(nudge, CancellationToken.None);
}
