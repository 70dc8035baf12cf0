using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>A TCP proxy on a loopback port that makes a network bad: late, narrow, silent, half-open, reset or refusing.</summary>
/// <remarks>Settings hold for the connections that are open and for those to come. Bytes on their way are bounded: who sends faster than they leave is held up, as by a real network.</remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int ChunkBytes = 16 * 1024;
    private const int ChunksOnTheWayMax = 64;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Link, bool> _links = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile IPEndPoint[] _targets;
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens a proxy.</summary>
    /// <param name="targets">Where connections go: to the first of them that accepts.</param>
    public FaultProxy(params IPEndPoint[] targets)
    {
        _targets = targets;
        _open.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public Uri Address => new($"http://{EndPoint}");

    /// <summary>How many connections are open.</summary>
    public int Connections => _links.Count;

    /// <summary>How long each byte takes in each direction, beyond what the machine needs.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How many bytes a second each direction of a connection lets through; null for no limit.</summary>
    public int? BytesPerSecondMax { get; set; }

    /// <summary>Whether new connections are reset at once.</summary>
    public bool IsRefusing { get; set; }

    /// <summary>Sends the connections to come elsewhere.</summary>
    public void Redirect(params IPEndPoint[] targets) => _targets = targets;

    /// <summary>Lets no byte through any more; connections stay open and both sides hear nothing.</summary>
    public void Stall()
    {
        if (_open.Task.IsCompleted)
            _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Lets everything through again, also what waited.</summary>
    public void Resume() => _open.TrySetResult();

    /// <summary>Resets every open connection on both sides.</summary>
    public void Reset()
    {
        foreach (var link in _links.Keys)
            link.Abort();
    }

    /// <summary>Ends every open connection towards the target; callers hear nothing of it until they end it themselves.</summary>
    public void LeaveHalfOpen()
    {
        foreach (var link in _links.Keys)
            link.LeaveHalfOpen();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Resume();
        Reset();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The proxy ends, or a caller left before it was taken.
            }
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        var target = IsRefusing ? null : await ConnectAsync();
        if (target is null)
        {
            Abort(caller);
            return;
        }

        var link = new Link(caller, target);
        _links.TryAdd(link, true);
        await Task.WhenAll(CarryAsync(link, caller, target), CarryAsync(link, target, caller));
        _links.TryRemove(link, out _);
        link.Close();
    }

    private async Task<Socket?> ConnectAsync()
    {
        foreach (var target in _targets)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(target, _end.Token);
                return socket;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                socket.Dispose();
            }
        }

        return null;
    }

    private async Task CarryAsync(Link link, Socket from, Socket to)
    {
        var way = Channel.CreateBounded<Chunk>(ChunksOnTheWayMax);
        await Task.WhenAll(link.EndOnFailureAsync(TakeAsync(from, way)), link.EndOnFailureAsync(GiveAsync(way, to)));
    }

    private static async Task TakeAsync(Socket from, Channel<Chunk> way)
    {
        try
        {
            while (true)
            {
                var buffer = new byte[ChunkBytes];
                var length = await from.ReceiveAsync(buffer);
                await way.Writer.WriteAsync(new(buffer.AsMemory(0, length), Stopwatch.GetTimestamp()));
                if (length == 0)
                    return;
            }
        }
        finally
        {
            way.Writer.TryComplete();
        }
    }

    private async Task GiveAsync(Channel<Chunk> way, Socket to)
    {
        try
        {
            await foreach (var chunk in way.Reader.ReadAllAsync())
            {
                var left = Latency - Stopwatch.GetElapsedTime(chunk.TakenAt);
                if (left > TimeSpan.Zero)
                    await Task.Delay(left);
                await _open.Task;
                if (chunk.Bytes.Length == 0)
                    to.Shutdown(SocketShutdown.Send);
                else
                    await SendAsync(to, chunk.Bytes);
            }
        }
        finally
        {
            // Whoever still takes bytes learns that nobody carries them on.
            way.Writer.TryComplete();
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            // A tenth of a second's share at a time, so that a narrow network is narrow at every moment.
            var share = BytesPerSecondMax is { } max ? Math.Clamp(max / 10, 1, bytes.Length) : bytes.Length;
            bytes = bytes[await to.SendAsync(bytes[..share])..];
            if (BytesPerSecondMax is { } rate)
                await Task.Delay(TimeSpan.FromSeconds((double)share / rate));
        }
    }

    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }

        socket.Dispose();
    }

    private readonly record struct Chunk(ReadOnlyMemory<byte> Bytes, long TakenAt);

    private sealed class Link(Socket caller, Socket target)
    {
        private volatile bool _isHalfOpen;

        public void Abort()
        {
            FaultProxy.Abort(caller);
            FaultProxy.Abort(target);
        }

        public void LeaveHalfOpen()
        {
            _isHalfOpen = true;
            target.Dispose();
        }

        /// <summary>A direction that failed ends both sides, unless the caller is to hear nothing of it.</summary>
        public async Task EndOnFailureAsync(Task carrying)
        {
            try
            {
                await carrying;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or ChannelClosedException)
            {
                if (!_isHalfOpen)
                    Abort();
            }
        }

        public void Close()
        {
            if (_isHalfOpen)
                return;
            caller.Dispose();
            target.Dispose();
        }
    }
}
