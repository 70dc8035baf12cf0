using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway;

/// <summary>A call as a service sees it.</summary>
internal sealed class FakeCall(CancellationToken cancellation = default) : ServerCallContext
{
    /// <summary>The called method's full name.</summary>
    public string Path { get; init; } = "/coursecompletion.v1.Fake/Call";

    protected override string MethodCore => Path;

    protected override string HostCore => "localhost";

    protected override string PeerCore => "ipv4:127.0.0.1:1";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => cancellation;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}

/// <summary>What a client sends.</summary>
internal sealed class FakeRequests<T> : IAsyncStreamReader<T>
{
    private readonly Channel<T> _sent = Channel.CreateUnbounded<T>();

    public T Current { get; private set; } = default!;

    /// <summary>How many messages the server has taken.</summary>
    public int TakenCount { get; private set; }

    public void Send(T message) => Assert.True(_sent.Writer.TryWrite(message));

    public void End() => _sent.Writer.Complete();

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await _sent.Reader.WaitToReadAsync(cancellationToken))
        {
            return false;
        }

        Current = await _sent.Reader.ReadAsync(cancellationToken);
        TakenCount++;
        return true;
    }
}

/// <summary>What a client receives.</summary>
internal sealed class FakeResponses<T> : IServerStreamWriter<T>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Channel<T> _received = Channel.CreateUnbounded<T>();

    /// <summary>When set, a write waits for it: a client that does not read, or that is gone.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What happens when a write is cancelled: the real server cancels the whole call.</summary>
    public Action WriteCancelled { get; set; } = static () => { };

    public WriteOptions? WriteOptions { get; set; }

    public async Task<T> NextAsync()
    {
        using var deadline = new CancellationTokenSource(_patience);
        return await _received.Reader.ReadAsync(deadline.Token);
    }

    public bool TryNext(out T? message) => _received.Reader.TryRead(out message);

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        await using var cancelled = cancellationToken.Register(WriteCancelled);
        await Gate.WaitAsync(cancellationToken);
        _received.Writer.TryWrite(message);
    }
}

/// <summary>The life of a process that a test ends.</summary>
internal sealed class FakeLifetime : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => new(canceled: true);

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}
