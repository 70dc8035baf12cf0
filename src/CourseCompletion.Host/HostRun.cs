using System.Net.Sockets;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Host.Networking;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Redis;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Host;

/// <summary>Runs a host as a process: what it prints, and how it fails.</summary>
internal static class HostRun
{
    public static async Task<int> UntilStoppedAsync(Func<WebApplication> build)
    {
        WebApplication app;
        try
        {
            app = build();
        }
        catch (Exception exception) when (Explain(exception) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }

        await using (app)
        {
            try
            {
                await app.StartAsync();
            }
            catch (Exception exception) when (Explain(exception) is { } explanation)
            {
                await StopStartedAsync(app);
                await Console.Error.WriteLineAsync(explanation);
                return 1;
            }

            await Console.Out.WriteLineAsync(app.Services.GetRequiredService<HostAddresses>().ReadyLine);
            await app.WaitForShutdownAsync();
            return 0;
        }
    }

    // A silo that had started when the web server could not takes its leave, instead of being missed by the others.
    private static async Task StopStartedAsync(WebApplication app)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await app.StopAsync(enough.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or AggregateException or ArgumentNullException)
        {
            // It did not start in full, so it may not stop in full either; where not even its services were made, the host has a null list of them.
        }
    }

    /// <summary>What to tell the operator instead of a stack trace; null for what only a stack trace explains.</summary>
    private static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(WithoutPreamble)),
        OrleansConfigurationException or HostRefusedException => exception.Message,
        StoreRefusedException or StoreUnavailableException => exception.Message,
        WeakDurabilityException => exception.Message,
        InvalidOperationException { InnerException: FormatException or ArgumentException } => exception.Message,
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        IOException { InnerException: AddressInUseException } =>
            exception.Message + " Stop what listens there, or set Network:GrpcPort and Network:HttpPort (0 takes any free port).",
        { InnerException: { } inner } => Explain(inner),
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            exception.Message + ": stop what listens there, or set Network:SiloPort and Network:OrleansGatewayPort (0 takes any free port).",
        _ => null,
    };

    // The options' own messages are whole sentences; the validator wraps them.
    private static string WithoutPreamble(string failure)
    {
        const string wrap = "with the error: '";
        var start = failure.IndexOf(wrap, StringComparison.Ordinal);
        return start < 0 ? failure : failure[(start + wrap.Length)..].TrimEnd('\'', '.') + ".";
    }
}
