using System.Globalization;
using System.Net;
using CourseCompletion.Host;

namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>The built server as a process of its own, that can be killed, paused, stopped, and started again on the same data, on the same ports or others.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    public const string Assembly = "CourseCompletion.Host";
    public const string ReadyPrefix = "CourseCompletion is ready: ";

    // Generous: a machine that also builds starts a process slowly.
    private static readonly TimeSpan _readyDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(15);

    private readonly TemporaryDirectory _ownData = new();
    private readonly HostPlan _plan;
    private Ports _ports = Ports.Take();
    private string? _programDirectory;
    private ChildProcess? _process;

    /// <summary>A host that is not started yet.</summary>
    public HostProcess(HostPlan plan) => (_plan, _programDirectory) = (plan, plan.ProgramDirectory);

    public Uri Grpc => Address(_ports.Grpc);

    public Uri Http => Address(_ports.Http);

    /// <summary>Where the silo takes calls of Orleans clients.</summary>
    public int OrleansGatewayPort => _ports.OrleansGateway;

    public string DataDirectory => _plan.DataDirectory ?? _ownData.Path;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The resident memory of the process in bytes; 0 when it does not run.</summary>
    public long MemoryBytes => _process?.MemoryBytes ?? 0;

    private ChildProcess Running => _process ?? throw new InvalidOperationException("The host was not started.");

    /// <summary>Starts a host and waits until it says that it is ready.</summary>
    public static Task<HostProcess> StartAsync(params string[] settings) => StartAsync(new HostPlan { Settings = settings });

    /// <summary>Starts a host and waits until it says that it is ready.</summary>
    public static async Task<HostProcess> StartAsync(HostPlan plan)
    {
        var host = new HostProcess(plan);
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

    /// <summary>Starts the host again where it was.</summary>
    /// <param name="once">Settings for this start only.</param>
    public async Task StartAgainAsync(params string[] once)
    {
        await BeginAsync(once);
        var line = await Running.AwaitedLineAsync(_readyDeadline);
        var addresses = _plan.Role.HasFlag(HostRole.Gateway) ? $"grpc {Text(Grpc)} http {Text(Http)}" : $"http {Text(Http)}";
        if (line != ReadyPrefix + addresses)
            throw new InvalidOperationException($"The host says '{line}' and should listen at '{addresses}'.");
    }

    /// <summary>Starts the host again on ports that it never had.</summary>
    public Task StartElsewhereAsync()
    {
        _ports = Ports.Take();
        return StartAgainAsync();
    }

    /// <summary>Starts the server that was built beside the tests, where an earlier build was.</summary>
    public Task StartUpgradedAsync()
    {
        _programDirectory = null;
        return StartAgainAsync();
    }

    /// <summary>Starts the host where it was and waits for its end.</summary>
    /// <returns>The exit code and what it says on standard error.</returns>
    public async Task<(int ExitCode, string Errors)> StartRefusedAsync()
    {
        await BeginAsync([]);
        return (await Running.ExitCodeAsync(_readyDeadline), Running.Errors);
    }

    /// <summary>Ends the host at once, as kill -9 does.</summary>
    public Task KillAsync() => Running.KillAsync();

    /// <summary>Stops the host's threads, as SIGSTOP does: its connections stay open, and it answers nothing.</summary>
    public Task PauseAsync() => Running.PauseAsync();

    /// <summary>Lets a paused host go on.</summary>
    public Task ResumeAsync() => Running.ResumeAsync();

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync() => StopAsync(_stopDeadline);

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(TimeSpan deadline)
    {
        await Running.TerminateAsync();
        return await Running.ExitCodeAsync(deadline);
    }

    /// <summary>What the host wrote, for failure messages.</summary>
    public string Describe() => Running.Describe();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _ownData.Dispose();
    }

    private async Task BeginAsync(string[] once)
    {
        if (_process is not null)
            await _process.DisposeAsync();
        string[] arguments =
        [
            "--role", $"{_plan.Role}", "--address", $"{_plan.Address}", "--data", DataDirectory, "--grpc-port", Text(_ports.Grpc), "--http-port", Text(_ports.Http),
            "--Network:SiloPort", Text(_ports.Silo), "--Network:OrleansGatewayPort", Text(_ports.OrleansGateway), .. _plan.Settings, .. once,
        ];
        _process = ChildProcess.StartDotnet(Path.Combine(_programDirectory ?? "", Assembly), arguments, ReadyPrefix, _plan.NetworkNamespace);
    }

    private Uri Address(int port) => new($"http://{new IPEndPoint(_plan.Address, port)}");

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Ports(int Grpc, int Http, int Silo, int OrleansGateway)
    {
        public static Ports Take() => new(LoopbackPorts.Take(), LoopbackPorts.Take(), LoopbackPorts.Take(), LoopbackPorts.Take());
    }
}
