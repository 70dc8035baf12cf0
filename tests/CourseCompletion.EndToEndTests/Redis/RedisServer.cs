using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CourseCompletion.EndToEndTests.Redis;

/// <summary>A private redis-server on a free loopback port, with its files in a directory of its own, that can be killed and started again on the same data.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan _startDeadline = TimeSpan.FromSeconds(20);
    private static readonly string[] _durable = ["--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", ""];

    private readonly string _directory;
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string directory, int port, string[] settings)
    {
        _directory = directory;
        _settings = settings;
        Port = port;

        // A test run that is stopped in its middle must not leave servers behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    /// <summary>Where redis-server is; null when it is not on the PATH.</summary>
    public static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(directory => new[] { Path.Combine(directory, "redis-server"), Path.Combine(directory, "valkey-server") })
        .FirstOrDefault(File.Exists);

    public int Port { get; }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>The server's process, for measurements and signals.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("redis-server is not running.");

    /// <summary>Starts a server that keeps what it acknowledges.</summary>
    public static Task<RedisServer> StartAsync() => StartAsync([]);

    /// <summary>Starts a server; later settings win over the durable ones.</summary>
    public static async Task<RedisServer> StartAsync(string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("coursecompletion-redis-").FullName;
        var server = new RedisServer(directory, FreePort(), settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts the server again on the same port and data.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Executable ?? throw new InvalidOperationException(RedisRequirement.Missing))
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _directory, .. _durable, .. _settings];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        _process = Process.Start(start)!;

        // Nobody reads its log, but a full pipe would stop the server.
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilItAnswersAsync(_process);
    }

    /// <summary>Stops the server's threads, as SIGSTOP does: its connections stay open, and it answers nothing.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>Lets a paused server go on.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>Changes a setting of the running server.</summary>
    public async Task SetAsync(string setting, string value)
    {
        var answer = await SendAsync($"CONFIG SET {setting} {value}");
        if (answer != "+OK")
            throw new InvalidOperationException($"redis-server answers '{answer}' to {setting} {value}.");
    }

    /// <summary>How many bytes the server's data take.</summary>
    public async Task<long> UsedBytesAsync()
    {
        var memory = await SendAsync("INFO memory");
        var line = memory.Split('\n').First(text => text.StartsWith("used_memory:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the server at once, as kill -9 does; its files stay.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        _process = null;
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task WaitUntilItAnswersAsync(Process process)
    {
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (process.HasExited)
                throw new InvalidOperationException($"redis-server ended with code {process.ExitCode} before it answered.");

            if (waited.Elapsed > _startDeadline)
                throw new TimeoutException($"redis-server did not answer PING on port {Port} within {_startDeadline}.");

            await Task.Delay(20);
        }
    }

    // While it loads its data, Redis answers PING with an error.
    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await SendAsync("PING") == "+PONG";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private async Task<string> SendAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        var answer = new byte[4096];
        var length = await stream.ReadAsync(answer);
        return Encoding.ASCII.GetString(answer, 0, length).Trim();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
