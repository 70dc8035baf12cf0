using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace CourseCompletion.Receivers;

/// <summary>An SMTP server on loopback that keeps what it takes.</summary>
internal sealed class MailReceiver : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<SmtpResponse> _script = new();
    private readonly ConcurrentQueue<MimeMessage> _received = new();
    private readonly SmtpServer.SmtpServer _server;
    private readonly Task _running;
    private int _connections;
    private bool _disposed;

    private MailReceiver()
    {
        Port = FreePort();
        var services = new ServiceProvider();
        services.Add(new Store(this));
        _server = new(new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))).Build(), services);
        _server.SessionCreated += (_, _) => Interlocked.Increment(ref _connections);
        _running = _server.StartAsync(_stopping.Token);
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>How many connections were made to it.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Every message taken.</summary>
    public IReadOnlyList<MimeMessage> Received => [.. _received];

    /// <summary>Starts one that already listens.</summary>
    public static MailReceiver Start() => new();

    /// <summary>Answers the next message with this code instead of taking it; when nothing is left of the script, messages are taken.</summary>
    public void AnswerNext(int code) => _script.Enqueue(new((SmtpReplyCode)code, "as the test says"));

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var message in _received)
        {
            message.Dispose();
        }

        _stopping.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Store(MailReceiver receiver) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (receiver._script.TryDequeue(out var answer))
            {
                return answer;
            }

            using var bytes = new MemoryStream(buffer.ToArray());
            receiver._received.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
            return SmtpResponse.Ok;
        }
    }
}
