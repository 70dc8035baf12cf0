using System.Net;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Completion;
using CourseCompletion.UnitTests.Completion.Calibration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using Xunit;

namespace CourseCompletion.UnitTests.Grains.Completion;

public class ModelMetricsTests
{
    // A server has them only weeks after its start, when labels have matured: the names that dashboards and alerts use are held here.
    [Fact]
    public async Task Record_MaturedLabels_IsScrapedUnderTheNamesThatDashboardsUse()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("CourseCompletion.Grains").AddPrometheusExporter());
        await using var app = builder.Build();
        app.MapPrometheusScrapingEndpoint();
        await app.StartAsync();
        var state = new ModelHealthState(HealthPolicy.Default);
        foreach (var label in LabelStream.Of("algebra", 300, 0, 1, seed: 1))
        {
            ModelHealthRules.Learn(state, label, HealthPolicy.Default);
        }

        ModelMetrics.Record(ModelHealthKey.For(TenantId.Default, "a-model"), state);

        using var http = new HttpClient();
        var scraped = await http.GetStringAsync(new Uri($"{app.Urls.Single()}/metrics"));
        Assert.All(
            (string[])["coursecompletion_model_auc", "coursecompletion_model_brier", "coursecompletion_model_ece", "coursecompletion_model_labels"],
            name => Assert.Contains($"\n{name}{{", scraped, StringComparison.Ordinal));
        Assert.Contains("model=\"a-model\"", scraped, StringComparison.Ordinal);
    }
}
