using System.Globalization;

namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>The built server as a process of its own, that can be killed, stopped, and started again on the same ports and data.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    public const string Assembly = "CourseCompletion.Host";
    public const string ReadyPrefix = "CourseCompletion is ready: ";

    // Generous: a machine that also builds starts a process slowly.
    private static readonly TimeSpan _readyDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(15);

    private readonly TemporaryDirectory _data = new();
    private readonly string[] _arguments;
    private ChildProcess? _process;

    private HostProcess(string[] settings)
    {
        var grpcPort = LoopbackPorts.Take();
        var httpPort = LoopbackPorts.Take();
        OrleansGatewayPort = LoopbackPorts.Take();
        _arguments =
        [
            "--data", _data.Path, "--grpc-port", Text(grpcPort), "--http-port", Text(httpPort), "--Network:OrleansGatewayPort", Text(OrleansGatewayPort), .. settings,
        ];
        Grpc = new($"http://127.0.0.1:{Text(grpcPort)}");
        Http = new($"http://127.0.0.1:{Text(httpPort)}");
    }

    public Uri Grpc { get; }

    public Uri Http { get; }

    /// <summary>Where the silo takes calls of Orleans clients.</summary>
    public int OrleansGatewayPort { get; }

    public string DataDirectory => _data.Path;

    public bool IsRunning => _process is { HasExited: false };

    private ChildProcess Running => _process ?? throw new InvalidOperationException("The host was not started.");

    /// <summary>Starts a host and waits until it says that it is ready.</summary>
    public static async Task<HostProcess> StartAsync(params string[] settings)
    {
        var host = new HostProcess(settings);
        try
        {
            await host.StartAgainAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task StartAgainAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();

        _process = ChildProcess.StartDotnet(Assembly, _arguments, ReadyPrefix);
        var line = await _process.AwaitedLineAsync(_readyDeadline);
        var addresses = $"http {Http.GetLeftPart(UriPartial.Authority)}";
        if (!_arguments.Contains("silo"))
            addresses = $"grpc {Grpc.GetLeftPart(UriPartial.Authority)} {addresses}";

        if (line != ReadyPrefix + addresses)
            throw new InvalidOperationException($"The host says '{line}' and should listen at '{addresses}'.");
    }

    /// <summary>Ends the host at once, as kill -9 does.</summary>
    public Task KillAsync() => Running.KillAsync();

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await Running.TerminateAsync();
        return await Running.ExitCodeAsync(_stopDeadline);
    }

    /// <summary>What the host wrote, for failure messages.</summary>
    public string Describe() => Running.Describe();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _data.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
