using System.Globalization;
using System.Net.Sockets;
using CourseCompletion.Domain.Campaigns.Channels;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Channels.Email;

/// <summary>Hands nudges to a mail server by SMTP.</summary>
/// <remarks>
/// Delivered means that the server took the message; what becomes of it after that comes back by e-mail to the sender's address. Answers 4xx, timeouts and broken connections are tried again, answers 5xx are refused for good
/// (RFC 5321, section 4.2.1). A failed login is tried again: it is the installation's fault, not the message's.
/// </remarks>
public sealed class SmtpSender : INudgeSender, IDisposable
{
    private readonly IOptions<SmtpOptions> _options;
    private readonly TimeProvider _time;
    private readonly SmtpConnections _connections;

    /// <summary>Makes a sender. It connects when there is something to send.</summary>
    public SmtpSender(IOptions<SmtpOptions> options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _connections = new(options, time);
    }

    /// <inheritdoc/>
    public NudgeChannel Channel => NudgeChannel.Email;

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(NudgeMessage message, CancellationToken cancellationToken)
    {
        if (MailComposer.Compose(message, _options.Value, _time.GetUtcNow()) is not { } mail)
        {
            return SendOutcome.Refused("no address");
        }

        using (mail)
        using (var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            enough.CancelAfter(_options.Value.Timeout);
            try
            {
                await _connections.UseAsync((client, ends) => client.SendAsync(mail, ends), enough.Token).ConfigureAwait(false);
                return SendOutcome.Delivered;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return SendOutcome.TryAgain("smtp timeout");
            }
            catch (Exception exception) when (OutcomeOf(exception) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _connections.Dispose();

    private static SendOutcome? OutcomeOf(Exception exception) => exception switch
    {
        SmtpCommandException { StatusCode: var code } => (int)code >= 500
            ? SendOutcome.Refused(string.Create(CultureInfo.InvariantCulture, $"smtp {(int)code}"))
            : SendOutcome.TryAgain(string.Create(CultureInfo.InvariantCulture, $"smtp {(int)code}")),
        AuthenticationException => SendOutcome.TryAgain("smtp login"),
        SslHandshakeException => SendOutcome.TryAgain("smtp tls"),
        SocketException { SocketErrorCode: var code } => SendOutcome.TryAgain($"smtp {code}"),
        TimeoutException => SendOutcome.TryAgain("smtp timeout"),
        IOException or SmtpProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException => SendOutcome.TryAgain("smtp connection"),
        NotSupportedException => SendOutcome.TryAgain("smtp unsupported"),
        _ => null,
    };
}
