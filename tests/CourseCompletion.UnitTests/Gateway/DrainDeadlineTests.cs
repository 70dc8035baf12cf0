using CourseCompletion.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway;

public sealed class DrainDeadlineTests : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly FakeLifetime _lifetime = new();
    private readonly TaskCompletionSource _aborted = new();

    CancellationToken IHttpRequestLifetimeFeature.RequestAborted { get; set; }

    void IHttpRequestLifetimeFeature.Abort() => _aborted.TrySetResult();

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task Run_RequestThatOutlivesTheDrain_IsAborted()
    {
        using var deadline = new DrainDeadline(Options.Create(new GatewayOptions { DrainTimeout = TimeSpan.Zero }), _lifetime);
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(this);
        var running = deadline.RunAsync(context, _ => _aborted.Task);

        _lifetime.StopApplication();

        await running.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
