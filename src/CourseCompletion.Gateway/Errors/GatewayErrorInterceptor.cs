using CourseCompletion.Domain.Learners;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Gateway.Errors;

/// <summary>Turns whatever a call throws into an error that clients understand. No exception's own text or stack leaves the server.</summary>
internal sealed partial class GatewayErrorInterceptor(
    IOptions<GatewayOptions> options, IHostApplicationLifetime lifetime, ILogger<GatewayErrorInterceptor> logger) : Interceptor
{
    private const string ReflectionPrefix = "/grpc.reflection.";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    // Reflection streams are not ours: they have no end of their own when the server stops, and would hold it up.
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(
                context.Method.StartsWith(ReflectionPrefix, StringComparison.Ordinal) ? new EndingReader<TRequest>(requestStream, options.Value, lifetime.ApplicationStopping) : requestStream,
                responseStream,
                context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    /// <summary>The error for an exception; logs what is not an everyday event.</summary>
    internal RpcException Translate(Exception exception, ServerCallContext context)
    {
        if (context.CancellationToken.IsCancellationRequested)
        {
            // The client is gone or its deadline has passed: nobody hears this.
            return new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }

        switch (exception)
        {
            case var busy when GatewayErrors.IsBusy(busy):
                LogBusy(logger, context.Method, exception.GetType().Name);
                return GatewayErrors.Busy(options.Value.RetryAfter());
            case InvalidProtocolBufferException:
                return GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "", "A message is not well-formed protobuf: use the published .proto files."));
            case var transient when GatewayErrors.IsTransient(transient):
                LogUnavailable(logger, context.Method, exception.GetType().Name);
                return GatewayErrors.Unavailable(options.Value.RetryAfter());
            default:
                var correlationId = Guid.NewGuid().ToString("N");
                LogBug(logger, context.Method, correlationId, exception);
                return GatewayErrors.Internal(correlationId);
        }
    }

    private sealed class EndingReader<T>(IAsyncStreamReader<T> inner, GatewayOptions options, CancellationToken end) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                return await inner.MoveNext(cancellationToken).WaitAsync(end).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                throw GatewayErrors.GoingAway(options.RetryAfter());
            }
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "{Method} was refused for back-pressure ({Fault})")]
    private static partial void LogBusy(ILogger logger, string method, string fault);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "{Method} could not reach the store or a silo ({Fault})")]
    private static partial void LogUnavailable(ILogger logger, string method, string fault);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Error, Message = "{Method} failed; the client was told the id {CorrelationId}")]
    private static partial void LogBug(ILogger logger, string method, string correlationId, Exception exception);
}
