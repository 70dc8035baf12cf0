using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Gateway;
using CourseCompletion.Gateway.Errors;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway.Errors;

public sealed class GatewayErrorInterceptorTests : IDisposable
{
    private const string Secret = "connection string";

    private readonly FakeLifetime _lifetime = new();
    private readonly GatewayErrorInterceptor _interceptor;

    public GatewayErrorInterceptorTests() =>
        _interceptor = new(Options.Create(new GatewayOptions()), _lifetime, NullLogger<GatewayErrorInterceptor>.Instance);

    public static TheoryData<Exception, StatusCode, bool> Faults => new()
    {
        { new StoreUnavailableException(Secret), StatusCode.Unavailable, true },
        { new TimeoutException(Secret), StatusCode.Unavailable, true },
        { new SiloUnavailableException(Secret), StatusCode.Unavailable, true },
        { new OperationCanceledException(Secret), StatusCode.Unavailable, true },
        { new GatewayTooBusyException(Secret), StatusCode.ResourceExhausted, true },
        { new LimitExceededException(Secret), StatusCode.ResourceExhausted, true },
        { new LearnerBusyException(Secret), StatusCode.ResourceExhausted, true },
        { new InvalidOperationException(Secret), StatusCode.Internal, false },
        { new StoreCorruptException(Secret), StatusCode.Internal, false },
    };

    public void Dispose() => _lifetime.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Unary_Exception_BecomesItsCodeWithoutItsText(Exception fault, StatusCode code, bool retries)
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => _interceptor.UnaryServerHandler<string, string>("", new FakeCall(), (_, _) => throw fault));

        Assert.Equal(code, error.StatusCode);
        Assert.Equal(retries, error.GetRpcStatus()!.GetDetail<RetryInfo>() is not null);
        Assert.DoesNotContain(Secret, error.GetRpcStatus()!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_Exception_BecomesItsCode()
    {
        var fault = new StoreUnavailableException(Secret);
        var server = await Assert.ThrowsAsync<RpcException>(
            () => _interceptor.ServerStreamingServerHandler<string, string>("", new FakeResponses<string>(), new FakeCall(), (_, _, _) => throw fault));
        var duplex = await Assert.ThrowsAsync<RpcException>(
            () => _interceptor.DuplexStreamingServerHandler(
                new FakeRequests<string>(), new FakeResponses<string>(), new FakeCall(), (_, _, _) => throw fault));

        Assert.Equal((StatusCode.Unavailable, StatusCode.Unavailable), (server.StatusCode, duplex.StatusCode));
    }

    [Fact]
    public async Task Duplex_ReflectionAtShutdown_GoesAway()
    {
        var requests = new FakeRequests<string>();
        var serving = _interceptor.DuplexStreamingServerHandler(
            requests,
            new FakeResponses<string>(),
            new FakeCall { Path = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo" },
            static async (read, _, context) => Assert.False(await read.MoveNext(context.CancellationToken)));
        Assert.False(serving.IsCompleted);

        _lifetime.StopApplication();

        var end = await Assert.ThrowsAsync<RpcException>(() => serving.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.NotNull(end.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public void Translate_CallThatWasCancelled_IsCancelled() =>
        Assert.Equal(StatusCode.Cancelled, _interceptor.Translate(new TimeoutException(), new FakeCall(new(canceled: true))).StatusCode);

    [Fact]
    public void Translate_Bug_CarriesACorrelationId()
    {
        var details = _interceptor.Translate(new InvalidOperationException(), new FakeCall()).GetRpcStatus()!.GetDetail<ErrorInfo>()!;

        Assert.True(Guid.TryParseExact(details.Metadata["correlation_id"], "N", out _));
    }

    [Fact]
    public async Task Unary_OwnError_IsLeftAlone()
    {
        var own = GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "field", "Set field."));

        var error = await Assert.ThrowsAsync<RpcException>(() => _interceptor.UnaryServerHandler<string, string>("", new FakeCall(), (_, _) => throw own));

        Assert.Same(own, error);
        var violation = Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal((StatusCode.InvalidArgument, "field", "MISSING_FIELD"), (error.StatusCode, violation.Field, violation.Reason));
    }
}
