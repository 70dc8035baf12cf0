using System.Diagnostics;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.Grains.Abstractions;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway.Engagement;

/// <summary>Which trace a batch belongs to, and what goes on to the grains.</summary>
public sealed class BatchTracingTests : IDisposable
{
    private const string Sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string NotSampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == "CourseCompletion.Gateway",

        // As a parent-based sampler decides whose ratio is 0.
        Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData,
    };

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task BeginStreamed_SampledTraceparent_GoesOnToTheGrains()
    {
        ActivitySource.AddActivityListener(_listener);
        var (traceId, received) = await BeginAsync(Sampled);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", traceId);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", received, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NotSampled)]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("ff-zz")]
    public async Task BeginStreamed_NotSampledOrMalformed_CarriesNothing(string traceparent)
    {
        ActivitySource.AddActivityListener(_listener);
        using var stream = new Activity("stream") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        var (traceId, received) = await BeginAsync(traceparent);

        Assert.Null(received);
        Assert.NotEqual($"{stream.TraceId}", traceId);
        Assert.Same(stream, Activity.Current);
    }

    [Fact]
    public async Task BeginStreamed_NobodyListens_MakesNothing() => Assert.Equal((null, null), await BeginAsync(Sampled));

    [Fact]
    public async Task Received_AfterTheBatch_IsGone()
    {
        ActivitySource.AddActivityListener(_listener);
        await BeginAsync(Sampled);

        Assert.Null(CallTrace.Received);
    }

    // As the gateway does it: in an asynchronous method of the batch's own.
    private static async Task<(string? TraceId, string? Received)> BeginAsync(string traceparent)
    {
        using var span = BatchTracing.BeginStreamed(traceparent, events: 1);
        await Task.Yield();
        return (span is null ? null : $"{span.TraceId}", CallTrace.Received);
    }
}
