using System.ComponentModel.DataAnnotations;
using System.Net;
using CourseCompletion.Host.Networking;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orleans.Dashboard;

namespace CourseCompletion.Host.Telemetry;

/// <summary>Lets operators see inside: metrics, traces and the Orleans Dashboard.</summary>
internal static class TelemetryHosting
{
    private const string MetricsPath = "/metrics";
    private const string DashboardPath = "/dashboard";

    // The engine's own, Orleans', the runtime's and the web server's. Where buckets of histograms lie is said where the histograms are.
    private static readonly string[] _meters =
        ["CourseCompletion.*", "Microsoft.Orleans", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private static readonly string[] _sources = ["CourseCompletion.*", "Microsoft.AspNetCore"];

    /// <summary>Collects what was asked for; without anything to show it to, nothing.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = Bound(builder.Configuration);
        var otlp = string.IsNullOrEmpty(telemetry.OtlpEndpoint) ? null : new Uri(telemetry.OtlpEndpoint);
        if (otlp is null && !telemetry.Prometheus)
        {
            return;
        }

        var collected = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("coursecompletion", serviceVersion: typeof(TelemetryHosting).Assembly.GetName().Version?.ToString(3))
                .AddAttributes([new("coursecompletion.role", builder.Configuration.GetValue("Role", HostRole.All).ToString().ToLowerInvariant())]))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(_meters);
                if (telemetry.Prometheus)
                {
                    // The scope is the meter's name, which every metric's own name already says.
                    metrics.AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false);
                }

                if (otlp is not null)
                {
                    metrics.AddOtlpExporter(exporter => Aim(exporter, telemetry.OtlpTransport, otlp, "metrics"));
                }
            });
        if (otlp is not null)
        {
            collected.WithTracing(traces => traces
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(telemetry.TraceRatio)))
                .AddSource(_sources)
                .AddOtlpExporter(exporter => Aim(exporter, telemetry.OtlpTransport, otlp, "traces")));
        }
    }

    /// <summary>Has a silo gather what the dashboard shows, when it is on.</summary>
    public static void AddTelemetry(this ISiloBuilder silo, IConfiguration configuration)
    {
        if (Bound(configuration).Dashboard)
        {
            silo.AddDashboard();
        }
    }

    /// <summary>Has a gateway find what silos gather for the dashboard, when it is on.</summary>
    public static void AddTelemetry(this IClientBuilder client, IConfiguration configuration)
    {
        if (Bound(configuration).Dashboard)
        {
            client.AddDashboard();
        }
    }

    /// <summary>Maps the pages that are on.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        var telemetry = Bound(app.Configuration);
        if (telemetry.Prometheus)
        {
            app.MapPrometheusScrapingEndpoint(MetricsPath);
        }

        if (telemetry.Dashboard)
        {
            app.MapOrleansDashboard(DashboardPath);
        }
    }

    /// <summary>The options as they are set.</summary>
    /// <exception cref="HostRefusedException">A value is out of its range, or the dashboard would be open to others.</exception>
    internal static TelemetryOptions Bound(IConfiguration configuration)
    {
        var telemetry = configuration.GetSection(TelemetryOptions.SectionName).Get<TelemetryOptions>() ?? new();
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(telemetry, new(telemetry), faults, validateAllProperties: true))
        {
            throw new HostRefusedException(string.Join(Environment.NewLine, faults.Select(fault => fault.ErrorMessage)));
        }

        return !telemetry.Dashboard || IPAddress.IsLoopback(AddressRule.Resolve(NetworkHosting.Bound(configuration)))
            ? telemetry
            : throw new HostRefusedException(
                "Telemetry:Dashboard is true, but the dashboard has no authentication and shows everything: set Network:Address to 127.0.0.1, or Telemetry:Dashboard to false.");
    }

    private static void Aim(OtlpExporterOptions exporter, OtlpTransport transport, Uri endpoint, string signal)
    {
        exporter.Protocol = transport == OtlpTransport.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = transport == OtlpTransport.Grpc ? endpoint : new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }
}
