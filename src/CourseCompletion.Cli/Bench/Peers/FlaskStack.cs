using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CourseCompletion.Cli.Bench.Peers;

/// <summary>The Flask peer under measurement: gunicorn with its workers, and a redis-server that flushes every write, both of Debian's packages.</summary>
internal sealed class FlaskStack : IAsyncDisposable
{
    /// <summary>What the peer is called.</summary>
    public const string Name = "Flask + Redis";

    // Debian's own: another Python on the PATH does not have Debian's packages.
    private const string Python = "/usr/bin/python3";
    private const string Redis = "/usr/bin/redis-server";
    private const int Workers = 2;

    private static readonly TimeSpan _readyWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Process _redis;
    private readonly Process _gunicorn;

    private FlaskStack(Process redis, Process gunicorn, Uri address)
    {
        (_redis, _gunicorn, Address) = (redis, gunicorn, address);

        // Neither notices when the bench ends.
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>Where it takes requests.</summary>
    public Uri Address { get; }

    /// <summary>CPU time of gunicorn and its workers so far.</summary>
    public TimeSpan ServerCpuTime => Family().Aggregate(TimeSpan.Zero, (sum, process) => sum + CpuTimeOf(process));

    /// <summary>CPU time of the store so far.</summary>
    public TimeSpan StoreCpuTime => CpuTimeOf(_redis.Id);

    /// <summary>What is missing on this machine; null when the peer can be started.</summary>
    public static MissingPeer? Missing(PeersDirectory peers)
    {
        if (peers.Missing(Name) is { } files)
        {
            return files;
        }

        var setUp = $"Set it up: {Path.Combine(peers.Flask, "set-up.sh")}";
        return !File.Exists(Redis) ? new(Name, $"{Redis} is not there.", setUp)
            : !File.Exists(Python) ? new(Name, $"{Python} is not there.", setUp)
            : !HasModules() ? new(Name, $"{Python} does not have flask, redis and gunicorn.", setUp)
            : null;
    }

    /// <summary>Starts both and waits until they answer.</summary>
    /// <param name="peers">Where the application is.</param>
    /// <param name="dataDirectory">Where Redis keeps its files; what an earlier run left there is read back.</param>
    /// <param name="cancellation">Gives the start up.</param>
    public static async Task<FlaskStack> StartAsync(PeersDirectory peers, string dataDirectory, CancellationToken cancellation)
    {
        var (redisPort, port) = (FreePort(), FreePort());
        var redis = Start(
            Redis,
            ["--port", redisPort, "--bind", "127.0.0.1", "--dir", dataDirectory, "--appendonly", "yes", "--appendfsync", "always", "--save", ""],
            dataDirectory);
        var gunicorn = Start(
            Python,
            ["-m", "gunicorn", "--workers", Workers.ToString(CultureInfo.InvariantCulture), "--bind", $"127.0.0.1:{port}", "app:app"],
            peers.Flask,
            ("REDIS_PORT", redisPort));
        var stack = new FlaskStack(redis, gunicorn, new($"http://127.0.0.1:{port}"));
        try
        {
            await stack.WaitUntilItAnswersAsync(cancellation);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends both at once, as kill -9 does; the files stay.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Task.WhenAll(_gunicorn.WaitForExitAsync(), _redis.WaitForExitAsync());
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        _gunicorn.Dispose();
        _redis.Dispose();
    }

    private static bool HasModules()
    {
        using var python = Start(Python, ["-c", "import flask, redis, gunicorn"], Path.GetTempPath());
        python.WaitForExit();
        return python.ExitCode == 0;
    }

    private static Process Start(string program, string[] arguments, string workingDirectory, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };

        // Set for another Python, they would hide Debian's packages.
        start.Environment.Remove("PYTHONHOME");
        start.Environment.Remove("PYTHONPATH");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;

        // Nobody reads it, but a full pipe would stop the process.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static TimeSpan CpuTimeOf(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }

    // gunicorn and its workers.
    private IEnumerable<int> Family()
    {
        var id = _gunicorn.Id.ToString(CultureInfo.InvariantCulture);
        var children = File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return children.Select(child => int.Parse(child, CultureInfo.InvariantCulture)).Prepend(_gunicorn.Id);
    }

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(http, cancellation))
        {
            if (_gunicorn.HasExited || _redis.HasExited || waited.Elapsed > _readyWithin)
            {
                throw new InvalidOperationException($"{Name} did not answer within {_readyWithin.TotalSeconds:F0} s, or ended.");
            }

            await Task.Delay(_lookEvery, cancellation);
        }
    }

    // Until Redis has read its files back, the application answers with an error.
    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "health"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void KillAtExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        foreach (var process in (Process[])[_gunicorn, _redis])
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
