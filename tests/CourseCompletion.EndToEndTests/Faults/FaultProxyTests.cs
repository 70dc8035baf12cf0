using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>The proxy does to a connection what it says, and nothing else.</summary>
public sealed class FaultProxyTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);
    private readonly TcpListener _echo = new(IPAddress.Loopback, 0);
    private FaultProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _echo.Start();
        _ = EchoAsync();
        _proxy = new((IPEndPoint)_echo.LocalEndpoint);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    public void Dispose() => _echo.Dispose();

    [Fact]
    public async Task Pass_LargeMessage_ComesBackWhole()
    {
        using var caller = await ConnectAsync();
        var sent = new byte[3_000_000];
        new Random(5).NextBytes(sent);

        var writing = caller.GetStream().WriteAsync(sent).AsTask();
        var received = await ReadAsync(caller, sent.Length);
        await writing;

        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task Latency_RoundTrip_TakesItTwice()
    {
        using var caller = await ConnectAsync();
        _proxy.Latency = TimeSpan.FromMilliseconds(150);
        var clock = Stopwatch.StartNew();

        await AssertEchoesAsync(caller);

        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(290), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task BytesPerSecondMax_LargeMessage_TakesItsTime()
    {
        using var caller = await ConnectAsync();
        _proxy.BytesPerSecondMax = 100_000;
        var clock = Stopwatch.StartNew();

        await caller.GetStream().WriteAsync(new byte[50_000]);
        await ReadAsync(caller, 50_000);

        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(450), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task Stall_UntilResumed_NothingComesAndThenEverything()
    {
        using var caller = await ConnectAsync();
        await AssertEchoesAsync(caller);
        _proxy.Stall();
        await caller.GetStream().WriteAsync("late"u8.ToArray());
        var reading = ReadAsync(caller, 4);
        await Task.WhenAny(reading, Task.Delay(200));
        Assert.False(reading.IsCompleted);

        _proxy.Resume();

        Assert.Equal("late"u8.ToArray(), await reading);
    }

    [Fact]
    public async Task Reset_OpenConnection_IsResetAndTheNextWorks()
    {
        using var caller = await ConnectAsync();
        await AssertEchoesAsync(caller);

        _proxy.Reset();

        var end = await Assert.ThrowsAsync<IOException>(() => ReadAsync(caller, 1));
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(end.InnerException).SocketErrorCode);
        using var next = await ConnectAsync();
        await AssertEchoesAsync(next);
    }

    [Fact]
    public async Task LeaveHalfOpen_OpenConnection_HearsNothingAndTheNextWorks()
    {
        using var caller = await ConnectAsync();
        await AssertEchoesAsync(caller);

        _proxy.LeaveHalfOpen();

        await caller.GetStream().WriteAsync("anybody?"u8.ToArray());
        var reading = ReadAsync(caller, 1);
        await Task.WhenAny(reading, Task.Delay(200));
        Assert.False(reading.IsCompleted);
        using var next = await ConnectAsync();
        await AssertEchoesAsync(next);
    }

    [Fact]
    public async Task Redirect_FirstTargetIsGone_TakesTheSecond()
    {
        using var gone = new Socket(SocketType.Stream, ProtocolType.Tcp);
        gone.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _proxy.Redirect((IPEndPoint)gone.LocalEndPoint!, (IPEndPoint)_echo.LocalEndpoint);

        using var caller = await ConnectAsync();

        await AssertEchoesAsync(caller);
    }

    [Fact]
    public async Task IsRefusing_NewConnection_IsReset()
    {
        _proxy.IsRefusing = true;

        // The reset comes while the caller connects, or right after.
        var end = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var caller = await ConnectAsync();
            await ReadAsync(caller, 1);
        });

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(end.InnerException ?? end).SocketErrorCode);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var caller = new TcpClient();
        await caller.ConnectAsync(_proxy.EndPoint);
        return caller;
    }

    private async Task EchoAsync()
    {
        try
        {
            while (true)
                _ = EchoAsync(await _echo.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task EchoAsync(TcpClient caller)
    {
        using (caller)
        {
            try
            {
                await caller.GetStream().CopyToAsync(caller.GetStream());
            }
            catch (IOException)
            {
                // The proxy ended it.
            }
        }
    }

    private static async Task AssertEchoesAsync(TcpClient caller)
    {
        await caller.GetStream().WriteAsync("hello"u8.ToArray());
        Assert.Equal("hello"u8.ToArray(), await ReadAsync(caller, 5));
    }

    private static async Task<byte[]> ReadAsync(TcpClient caller, int length)
    {
        using var timeout = new CancellationTokenSource(_deadline);
        var read = new byte[length];
        await caller.GetStream().ReadExactlyAsync(read, timeout.Token);
        return read;
    }
}
