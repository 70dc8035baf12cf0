using CourseCompletion.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway;

public sealed class RequestDrainTests : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly FakeLifetime _lifetime = new();
    private readonly TaskCompletionSource _aborted = new();

    CancellationToken IHttpRequestLifetimeFeature.RequestAborted { get; set; }

    void IHttpRequestLifetimeFeature.Abort() => _aborted.TrySetResult();

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task Stopping_RequestThatOutlivesTheDrain_IsAborted()
    {
        using var drain = new RequestDrain(Options.Create(new GatewayOptions { DrainTimeout = TimeSpan.Zero }), _lifetime, TimeProvider.System);
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(this);
        var running = drain.RunAsync(context, _ => _aborted.Task);

        await drain.StoppingAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        await running.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Stopping_RequestUnderWay_IsWaitedFor()
    {
        using var drain = new RequestDrain(Options.Create(new GatewayOptions { DrainTimeout = TimeSpan.FromSeconds(30) }), _lifetime, TimeProvider.System);
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(this);
        var end = new TaskCompletionSource();
        var running = drain.RunAsync(context, _ => end.Task);

        var stopping = drain.StoppingAsync(CancellationToken.None);
        Assert.True(_lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.False(stopping.IsCompleted);
        end.SetResult();

        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
        await running;
        Assert.False(_aborted.Task.IsCompleted);
    }

    [Fact]
    public void Stopping_NothingWasUnderWay_GoesOnAtOnce()
    {
        using var drain = new RequestDrain(Options.Create(new GatewayOptions()), _lifetime, TimeProvider.System);

        Assert.True(drain.StoppingAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    // Streams end as soon as the signal comes, which may be before the host gets to its services.
    [Fact]
    public async Task Stopping_TheLastRequestHasJustEnded_ItsClientHasTimeToRead()
    {
        var time = new FakeTimeProvider();
        using var drain = new RequestDrain(Options.Create(new GatewayOptions()), _lifetime, time);
        await drain.RunAsync(new DefaultHttpContext(), _ => Task.CompletedTask);

        var stopping = drain.StoppingAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.False(stopping.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Stopping_TheLastRequestEndedLongAgo_GoesOnAtOnce()
    {
        var time = new FakeTimeProvider();
        using var drain = new RequestDrain(Options.Create(new GatewayOptions()), _lifetime, time);
        await drain.RunAsync(new DefaultHttpContext(), _ => Task.CompletedTask);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(drain.StoppingAsync(CancellationToken.None).IsCompletedSuccessfully);
    }
}
