using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>A program of this solution as a process of its own: its output is kept, and it never outlives its test.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptCharactersMax = 16_000;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<string> _awaitedLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _awaitedPrefix;

    private ChildProcess(ProcessStartInfo start, string? awaitedPrefix)
    {
        _awaitedPrefix = awaitedPrefix;
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);

        // A test run that is stopped in its middle must not leave processes behind.
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    public bool HasExited => _process.HasExited;

    /// <summary>The resident memory in bytes; 0 when the process has ended.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <summary>Starts a program of this solution, found beside the tests, by the name of its assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="awaitedPrefix">How the line begins for which <see cref="AwaitedLineAsync"/> waits.</param>
    /// <param name="networkNamespace">The Linux network namespace that it runs in; null for that of the tests.</param>
    public static ChildProcess StartDotnet(string assembly, string[] arguments, string? awaitedPrefix = null, string? networkNamespace = null)
    {
        string[] command = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), .. arguments];

        // `ip` becomes the program, under the same process id.
        return networkNamespace is null ? Start(command[0], command[1..], awaitedPrefix) : Start("ip", ["netns", "exec", networkNamespace, .. command], awaitedPrefix);
    }

    public static ChildProcess Start(string program, string[] arguments, string? awaitedPrefix = null, string? workingDirectory = null) =>
        new(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = workingDirectory ?? "",
            },
            awaitedPrefix);

    /// <summary>The first line on standard output that begins with the awaited prefix.</summary>
    public async Task<string> AwaitedLineAsync(TimeSpan deadline)
    {
        var exit = _process.WaitForExitAsync();
        using var timeout = new CancellationTokenSource(deadline);
        await Task.WhenAny(_awaitedLine.Task, exit, Task.Delay(Timeout.InfiniteTimeSpan, timeout.Token));
        return _awaitedLine.Task.IsCompletedSuccessfully
            ? await _awaitedLine.Task
            : throw new InvalidOperationException($"No line '{_awaitedPrefix}...' within {deadline}; {Describe()}");
    }

    /// <summary>Asks the process to end, as an operator does.</summary>
    public Task TerminateAsync() => SignalAsync("-TERM");

    /// <summary>Does what Ctrl+C does.</summary>
    public Task InterruptAsync() => SignalAsync("-INT");

    /// <summary>Stops all threads of the process where they are.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>Lets a paused process go on.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    public async Task<int> ExitCodeAsync(TimeSpan deadline)
    {
        using var timeout = new CancellationTokenSource(deadline);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The process did not end within {deadline}; {Describe()}");
        }
    }

    /// <summary>Ends the process at once, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What the process wrote, for failure messages.</summary>
    public string Describe() =>
        $"it {(HasExited ? $"ended with code {_process.ExitCode}" : "is running")}.\nStandard output:\n{Output}\nStandard error:\n{Errors}";

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void KillAtExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: false);
    }

    private void Keep(StringBuilder text, string? line)
    {
        if (line is null)
            return;

        lock (text)
        {
            text.AppendLine(line);
            if (text.Length > 2 * KeptCharactersMax)
                text.Remove(0, text.Length - KeptCharactersMax);
        }

        if (_awaitedPrefix is not null && line.StartsWith(_awaitedPrefix, StringComparison.Ordinal))
            _awaitedLine.TrySetResult(line);
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
