using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using GatewayHosting = CourseCompletion.Gateway.Hosting;

namespace CourseCompletion.Host.Health;

/// <summary>Answers the probes of whoever keeps processes running and sends callers to them.</summary>
internal static class HealthHosting
{
    private const string StartupTag = "startup";

    /// <summary>Adds what a role needs to be ready for.</summary>
    public static void AddHealth(this WebApplicationBuilder builder, HostRole role)
    {
        var checks = builder.Services.AddHealthChecks().AddCheck<StartupCheck>("startup", tags: [StartupTag]);
        if (role.HasFlag(HostRole.Silo))
        {
            builder.Services.AddSingleton<StoreReadiness>();
            checks.AddCheck<SiloReadiness>("silo", tags: [GatewayHosting.ReadyTag]).AddCheck<StoreReadiness>("store", tags: [GatewayHosting.ReadyTag]);
        }
        else
        {
            builder.Services.AddSingleton<ClusterReadiness>();
            checks.AddCheck<ClusterReadiness>("cluster", tags: [GatewayHosting.ReadyTag]);
        }
    }

    /// <summary>Maps <c>/health/startup</c>, <c>/health/ready</c> and <c>/health/live</c>; the last asks nobody, so that no restart is made of a store that is away.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/startup", With(check => check.Tags.Contains(StartupTag)));
        app.MapHealthChecks("/health/ready", With(check => check.Tags.Contains(GatewayHosting.ReadyTag)));
        app.MapHealthChecks("/health/live", With(_ => false));
    }

    private static HealthCheckOptions With(Func<HealthCheckRegistration, bool> predicate) => new() { Predicate = predicate, ResponseWriter = WriteAsync };

    // The status, then a line for each check that is not well.
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Join(
            '\n',
            report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => $"{entry.Key}: {entry.Value.Description}").Prepend($"{report.Status}")));
    }
}
