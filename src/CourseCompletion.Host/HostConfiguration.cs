using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace CourseCompletion.Host;

/// <summary>Where settings come from, and where the log goes.</summary>
internal static class HostConfiguration
{
    /// <summary>The prefix of environment variables: <c>COURSECOMPLETION_Storage__Redis</c> is <c>Storage:Redis</c>.</summary>
    public const string EnvironmentPrefix = "COURSECOMPLETION_";

    private static readonly Dictionary<string, string> _shortSwitches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--role"] = "Role",
        ["--data"] = "Storage:DataDirectory",
        ["--redis"] = "Storage:Redis",
        ["--address"] = "Network:Address",
        ["--grpc-port"] = "Network:GrpcPort",
        ["--http-port"] = "Network:HttpPort",
    };

    /// <summary>The later wins: appsettings.json beside the program, environment variables, the command line.</summary>
    public static void AddConfigurationSources(this WebApplicationBuilder builder, string[] args)
    {
        builder.Configuration
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables(EnvironmentPrefix)
            .AddCommandLine(args, _shortSwitches);
    }

    /// <summary>Writes the log to standard error, a line or a JSON object an entry: standard output has the line that says where the server listens.</summary>
    /// <exception cref="HostRefusedException">The format is neither.</exception>
    public static void AddConsoleLog(this WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Grpc", LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Orleans", LogLevel.Warning)
            .AddFilter("Polly", LogLevel.Warning)
            // What keeps a host from starting is told once, by HostRun.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.Critical)
            // Also recommends another garbage collector at every start; this one keeps an idle host small.
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Critical)
            // Takes its first check for one that is late by the machine's whole uptime.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Services.TryAddSingleton(TimeProvider.System);
        var format = LogFormatOf(builder.Configuration);
        builder.Logging.Configure(log => log.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Logging.AddConsole().AddConsoleFormatter<LineConsoleFormatter, ConsoleFormatterOptions>();
        builder.Services.Configure<ConsoleLoggerOptions>(console => (console.FormatterName, console.LogToStandardErrorThreshold) = (format, LogLevel.Trace));
        builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
            (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
    }

    private static string LogFormatOf(IConfiguration configuration)
    {
        var format = configuration.GetValue("Logging:Console:FormatterName", LineConsoleFormatter.FormatName);
        return format is LineConsoleFormatter.FormatName or ConsoleFormatterNames.Json
            ? format
            : throw new HostRefusedException($"Logging:Console:FormatterName is '{format}': set it to {LineConsoleFormatter.FormatName} or {ConsoleFormatterNames.Json}.");
    }
}
