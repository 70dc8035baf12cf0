using CourseCompletion.EndToEndTests.Campaigns;
using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Telemetry;

/// <summary>What a real server tells Prometheus, and what the files in <c>deploy/</c> ask of it.</summary>
public sealed class MetricsTests(ObservedHost host) : IClassFixture<ObservedHost>
{
    // What takes weeks (labels that mature), and what Prometheus itself says of a server.
    private static readonly string[] _notOfAFreshHost = ["coursecompletion_model_auc", "coursecompletion_model_brier", "coursecompletion_model_ece", "coursecompletion_model_labels", "up"];

    [Fact]
    public async Task Scrape_AfterEvents_CountsThemByOutcome()
    {
        const string answered = "coursecompletion_events_answered_total";
        var scrape = await host.ScrapeAsync();

        Assert.Equal([3, 3, 2], host.Answers.GroupBy(answer => answer.Status).OrderBy(group => group.Key).Select(group => group.Count()));

        // The class that is nudged brings five more, over the stream.
        Assert.Equal(3 + 5, scrape.Sum(answered, "outcome=\"accepted\""));
        Assert.Equal(3, scrape.Sum(answered, "outcome=\"duplicate\""));
        Assert.Equal(1, scrape.Sum(answered, "outcome=\"too_late\""));
        Assert.Equal(1, scrape.Sum(answered, "outcome=\"rejected\",reason=\"missing_field\""));
        Assert.Equal(0, scrape.Sum(answered, "outcome=\"retry\""));
        Assert.Equal(1, scrape.Sum("coursecompletion_gateway_streams_open"));
        Assert.Equal(0, scrape.Sum("coursecompletion_gateway_under_way_bytes"));
        Assert.True(scrape.Sum("coursecompletion_events_acknowledgement_duration_seconds_count") >= 3);
    }

    [Fact]
    public async Task Scrape_AfterEvents_ShowsStoreLearnersAndCourses()
    {
        var scrape = await host.ScrapeAsync();

        // Ada's three events were one frame, and each of the class has at least one.
        Assert.True(scrape.Sum("coursecompletion_journal_appended_bytes_total") > 6 * 50);
        Assert.True(scrape.Sum("coursecompletion_store_commit_duration_seconds_count") >= 2);
        Assert.True(scrape.Sum("coursecompletion_store_file_size_bytes") > 4096);
        Assert.Equal(0, scrape.Sum("coursecompletion_store_commits_failed_total"));
        Assert.Equal(6, scrape.Sum("coursecompletion_learners_activation_duration_seconds_count"));
        Assert.True(scrape.Sum("coursecompletion_learners_snapshot_size_bytes_count") >= 6);
        Assert.InRange(scrape.Sum("coursecompletion_events_course_duration_seconds_sum") / scrape.Sum("coursecompletion_events_course_duration_seconds_count"), 0.001, 30);
        Assert.InRange(scrape.Sum("coursecompletion_nudges_lateness_seconds_sum") / scrape.Sum("coursecompletion_nudges_lateness_seconds_count"), 0, NudgedClass.SinceDue.TotalSeconds);
        Assert.Equal(1, scrape.Sum("coursecompletion_dead_letters_kept"));
        Assert.True(scrape.Sum("orleans_grains") > 0);
        Assert.True(scrape.Sum("dotnet_gc_collections_total") > 0);
    }

    [Fact]
    public async Task DeployedFiles_EveryMetricTheyName_IsScraped()
    {
        var names = (await host.ScrapeAsync()).Names;

        Assert.NotEmpty(DeployedQueries.All);
        Assert.Empty(DeployedQueries.Unknown(DeployedQueries.All, [.. names, .. _notOfAFreshHost]));
    }

    [Theory]
    [InlineData("sum by (le) (rate(coursecompletion_events_answred_total{outcome=\"retry\"}[5m])) > 0.5", "coursecompletion_events_answred_total")]
    [InlineData("max(orleans_grains) and on (instance) absent_metric offset 5m", "absent_metric")]
    public async Task Unknown_QueryWithAWrongName_ReportsIt(string query, string wrong) =>
        Assert.Equal([$"planted: {wrong}"], DeployedQueries.Unknown([("planted", query)], (await host.ScrapeAsync()).Names));

    [Fact]
    public void AlertRules_Each_SaysWhatItMeansAndWhatToDo()
    {
        Assert.NotEmpty(DeployedQueries.Alerts);
        Assert.All(DeployedQueries.Alerts, alert =>
        {
            Assert.Contains("summary:", alert, StringComparison.Ordinal);
            Assert.Contains("description:", alert, StringComparison.Ordinal);
            Assert.Contains("docs/operations.md", alert, StringComparison.Ordinal);
            Assert.Contains("severity:", alert, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Dashboard_AskedFor_ShowsTheSilo()
    {
        using var http = new HttpClient { BaseAddress = host.Process.Http };

        Assert.Contains("<html", await http.GetStringAsync(new Uri("/dashboard/", UriKind.Relative)), StringComparison.OrdinalIgnoreCase);
        await Eventually.HoldsAsync("the silo to be shown", TimeSpan.FromSeconds(30), async () =>
            await http.GetStringAsync(new Uri("/dashboard/DashboardCounters", UriKind.Relative)) is var counters && counters.Contains("Active", StringComparison.Ordinal) ? null : counters);
    }
}
