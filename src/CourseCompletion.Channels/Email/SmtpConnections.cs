using System.Collections.Concurrent;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Channels.Email;

/// <summary>Connections to the mail server: opened when needed, used again, and never more than allowed.</summary>
internal sealed class SmtpConnections(IOptions<SmtpOptions> options, TimeProvider time) : IDisposable
{
    // A server may have closed a connection that lay idle; asking costs one round trip.
    private static readonly TimeSpan _askAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _free = new(options.Value.ConnectionsMax);
    private readonly ConcurrentBag<(SmtpClient Client, DateTimeOffset Since)> _idle = [];
    private bool _disposed;

    /// <summary>Waits for a connection and does something with it. One that failed in its protocol is not used again.</summary>
    public async Task UseAsync(Func<SmtpClient, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        SmtpClient? client = null;
        try
        {
            client = await IdleAsync(cancellationToken).ConfigureAwait(false) ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
            await use(client, cancellationToken).ConfigureAwait(false);
            Keep(client);
            client = null;
        }
        catch (SmtpCommandException exception) when (client is { IsConnected: true } && exception.StatusCode != SmtpStatusCode.ServiceNotAvailable)
        {
            // The server said no to one message, and goes on with the next.
            Keep(client);
            client = null;
            throw;
        }
        finally
        {
            client?.Dispose();
            _free.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var idle))
        {
            idle.Client.Dispose();
        }
    }

    private void Keep(SmtpClient client)
    {
        if (_disposed)
        {
            client.Dispose();
        }
        else
        {
            _idle.Add((client, time.GetUtcNow()));
        }
    }

    private async Task<SmtpClient?> IdleAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var idle))
        {
            try
            {
                if (time.GetUtcNow() - idle.Since > _askAfter)
                {
                    await idle.Client.NoOpAsync(cancellationToken).ConfigureAwait(false);
                }

                if (idle.Client.IsConnected)
                {
                    return idle.Client;
                }
            }
            catch (Exception exception) when (exception is IOException or SmtpProtocolException or SmtpCommandException or ServiceNotConnectedException)
            {
                // Closed by the server in the meantime: the next one, or a new one.
            }

            idle.Client.Dispose();
        }

        return null;
    }

    private async Task<SmtpClient> OpenAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds };
        try
        {
            var security = settings.Security switch
            {
                SmtpSecurity.None => SecureSocketOptions.None,
                SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.StartTls,
            };
            await client.ConnectAsync(settings.Host, settings.Port, security, cancellationToken).ConfigureAwait(false);
            if (settings.User is { } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", cancellationToken).ConfigureAwait(false);
            }

            return client;
        }
        catch (SmtpCommandException exception)
        {
            // Whatever the server has against the connection, it is no answer to the message.
            client.Dispose();
            throw new ServiceNotConnectedException("The mail server refused the connection.", exception);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
