using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CourseCompletion.Protocol.V1;
using Grpc.Net.Client;

namespace CourseCompletion.Cli.Bench;

/// <summary>A server process under measurement: started with this executable, ended by its process id.</summary>
internal sealed partial class BenchServer : IAsyncDisposable
{
    // Of one core. An idle silo takes about a hundredth.
    private const double QuietShare = 0.04;

    private const int WarmUpsMax = 5;
    private const int CompiledWhileWarmMax = 60;

    private static readonly TimeSpan _readyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(500);

    // Rosters store their rows 5 seconds after the first of them came.
    private static readonly TimeSpan _quietFor = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _settleWithin = TimeSpan.FromSeconds(20);

    /// <summary>How long each warming load is to last.</summary>
    public static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(4);

    private readonly Process _process;
    private readonly HttpClient _http = new();
    private readonly long _startedAt;

    private BenchServer(Process process, string grpcAddress, string httpAddress, long startedAt)
    {
        _process = process;
        GrpcAddress = grpcAddress;
        HttpAddress = httpAddress;
        _startedAt = startedAt;
    }

    /// <summary>Where the gateway listens.</summary>
    public string GrpcAddress { get; }

    /// <summary>Where the JSON gateway listens.</summary>
    public string HttpAddress { get; }

    /// <summary>How long ago the process was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    /// <summary>CPU time of the server process so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory of the server process, in MiB.</summary>
    public double ResidentMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>Starts a server in one of the bench's modes and waits until it is ready.</summary>
    public static Task<BenchServer> StartAsync(BenchMode mode, string dataDirectory, string? redis) =>
        StartAsync($"{mode} server", typeof(BenchServer).Assembly.Location, ["bench", "serve", "--mode", mode.ToString(), "--data", dataDirectory, .. redis is null ? [] : (string[])["--redis", redis]]);

    /// <summary>Starts the built host itself.</summary>
    public static Task<BenchServer> StartHostAsync(string dataDirectory, string? redis)
    {
        var name = Path.GetFileName(dataDirectory);
        return StartAsync(
            "host",
            Path.Combine(AppContext.BaseDirectory, "CourseCompletion.Host.dll"),
            [
                "--data", dataDirectory, "--grpc-port", "0", "--http-port", "0",
                .. redis is null ? [] : (string[])["--redis", redis, "--Cluster:ClusterId", name, "--Cluster:ServiceId", name],
            ]);
    }

    /// <summary>Starts a server of another assembly, which says when it is ready as the host does.</summary>
    public static async Task<BenchServer> StartAsync(string name, string assembly, string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(_readyWithin);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (ReadyLine().Match(line) is { Success: true } ready)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new(process, ready.Groups[1].Value, ready.Groups[2].Value, started);
            }
        }

        throw new InvalidOperationException($"The {name} ended before it was ready (exit code {process.ExitCode}).");
    }

    /// <summary>Bytes that the server process has allocated so far.</summary>
    public Task<long> AllocatedBytesAsync() => NumberAsync("allocated-bytes");

    /// <summary>Methods that the server process has compiled so far: it runs at full speed only once hardly any are added.</summary>
    public Task<long> CompiledMethodsAsync() => NumberAsync("compiled-methods");

    /// <summary>Loads the server until it compiles hardly anything any more: before that, the compiler's work is most of what an event seems to cost.</summary>
    public async Task WarmUpAsync(Func<Task> loadAsync, CancellationToken cancellation)
    {
        var compiled = await CompiledMethodsAsync();
        for (var warmUp = 0; warmUp < WarmUpsMax; warmUp++)
        {
            cancellation.ThrowIfCancellationRequested();
            await loadAsync();
            var before = compiled;
            compiled = await CompiledMethodsAsync();
            if (compiled - before < CompiledWhileWarmMax)
            {
                break;
            }
        }

        await SettleAsync(cancellation);
    }

    /// <summary>Waits until the server has done what a load left to do: rows stored, journal moved, snapshots written.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var (quietFor, before) = (TimeSpan.Zero, CpuTime);
        while (quietFor < _quietFor && Stopwatch.GetElapsedTime(began) < _settleWithin)
        {
            await Task.Delay(_lookEvery, cancellation);
            var now = CpuTime;
            quietFor = now - before < _lookEvery * QuietShare ? quietFor + _lookEvery : TimeSpan.Zero;
            before = now;
        }
    }

    /// <summary>Defines the courses of a load.</summary>
    public async Task DefineCoursesAsync(int count)
    {
        using var channel = GrpcChannel.ForAddress(GrpcAddress);
        var courses = new CourseService.CourseServiceClient(channel);
        foreach (var course in BenchEvents.Courses(count))
        {
            await courses.UpsertCourseAsync(new() { Course = course });
        }
    }

    /// <summary>Lets a model score from now on.</summary>
    public async Task PromoteModelAsync(string name, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress(GrpcAddress);
        await new ModelService.ModelServiceClient(channel).PromoteModelAsync(new() { Name = name }, cancellationToken: cancellation);
    }

    private async Task<long> NumberAsync(string name) => long.Parse(await _http.GetStringAsync($"{HttpAddress}/bench/{name}"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"ready: grpc (\S+) http (\S+)")]
    private static partial Regex ReadyLine();
}

/// <summary>What stands behind the stream in a measurement.</summary>
internal enum BenchMode
{
    /// <summary>(a) Nothing: each batch is answered at once.</summary>
    Echo,

    /// <summary>(b) The same gateway and one grain call a learner and batch, which stores nothing.</summary>
    Storeless,

    /// <summary>(c) The engine.</summary>
    Engine,

    /// <summary>(d) The same gateway and one grain call that writes its state with Orleans' grain storage.</summary>
    WriteState,
}
