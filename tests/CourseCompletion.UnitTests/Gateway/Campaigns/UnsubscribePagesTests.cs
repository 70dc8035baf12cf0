using System.Net;
using CourseCompletion.Channels.Unsubscribing;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Campaigns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway.Campaigns;

public sealed class UnsubscribePagesTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "0123456789abcdef";

    private static readonly UnsubscribeClaim _claim = new(new("default"), new("ада/1"), "check_in");

    private readonly KeptUnsubscriptions _unsubscriptions = new();
    private readonly HttpClient _browser = new();
    private WebApplication _app = null!;

    private string Link => $"{_app.Urls.Single()}/unsubscribe/{UnsubscribeToken.Make(_claim, Secret)}";

    public async Task InitializeAsync() => _app = await StartAsync(services => services
        .AddSingleton<IUnsubscribeLinks>(new UnsubscribeLinks(Options.Create(new UnsubscribeOptions { Url = "https://learn.example", Secret = Secret })))
        .AddSingleton<IUnsubscriptions>(_unsubscriptions));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task Get_GoodLink_ShowsAButtonAndEndsNothing()
    {
        using var response = await _browser.GetAsync(Link);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<form method=\"post\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ада", page, StringComparison.Ordinal);
        Assert.Equal(("no-store", "no-referrer"), (response.Headers.CacheControl!.ToString(), response.Headers.GetValues("Referrer-Policy").Single()));
        Assert.Empty(_unsubscriptions.Ended);
    }

    [Fact]
    public async Task Post_OneClickOfAMailProgram_EndsTheMessagesAtOnce()
    {
        using var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var response = await _browser.PostAsync(Link, body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(_claim, Assert.Single(_unsubscriptions.Ended));
    }

    [Fact]
    public async Task Post_Twice_IsDoneTwiceWithTheSameAnswer()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Link));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Link));
        Assert.Equal([_claim, _claim], _unsubscriptions.Ended);
    }

    [Fact]
    public async Task GetAndPost_ChangedLink_AreNotFoundAndEndNothing()
    {
        var changed = Link[..^1] + (Link[^1] == 'A' ? 'B' : 'A');
        using var page = await _browser.GetAsync(changed);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, await PostAsync(changed)));
        Assert.DoesNotContain("<form", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_unsubscriptions.Ended);
    }

    [Fact]
    public async Task Post_LearnerCannotBeReached_AsksToTryAgain()
    {
        _unsubscriptions.Fault = new TimeoutException();
        using var response = await _browser.PostAsync(Link, null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        Assert.Contains("<form", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "退订")]
    [InlineData("de,en;q=0.5,zh;q=0.4", "Unsubscribe")]
    [InlineData("de,en;q=0.3,zh;q=0.4", "退订")]
    [InlineData("", "Unsubscribe")]
    public async Task Get_LanguageOfTheReader_IsThatOfThePage(string accepted, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Link);
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var response = await _browser.SendAsync(request);

        Assert.Contains($"<h1>{title}</h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_NobodyEndsMessages_MapsNothing()
    {
        await using var app = await StartAsync(services => services.AddSingleton<IUnsubscribeLinks>(new UnsubscribeLinks(Options.Create(new UnsubscribeOptions { Secret = Secret }))));

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"{app.Urls.Single()}/unsubscribe/{UnsubscribeToken.Make(_claim, Secret)}"));
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> register)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        register(builder.Services);
        var app = builder.Build();
        app.MapUnsubscribePages();
        await app.StartAsync();
        return app;
    }

    private async Task<HttpStatusCode> PostAsync(string link)
    {
        using var response = await _browser.PostAsync(link, null);
        return response.StatusCode;
    }

    private sealed class KeptUnsubscriptions : IUnsubscriptions
    {
        public List<UnsubscribeClaim> Ended { get; } = [];

        public Exception? Fault { get; set; }

        public Task OptOutAsync(TenantId tenant, LearnerId learner, string purpose, CancellationToken cancellationToken)
        {
            Ended.Add(new(tenant, learner, purpose));
            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }
    }
}
