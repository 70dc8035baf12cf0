using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Gateway.Json;

/// <summary>Refuses HTTP requests that would be taken for something else than their sender means, or that are too large.</summary>
internal sealed class JsonRequestRules(IOptions<GatewayOptions> options)
{
    private const int BadRequest = StatusCodes.Status400BadRequest;
    private const int TooManyRequests = StatusCodes.Status429TooManyRequests;

    private static readonly Rejection _encodedSlash = new(
        RejectionReason.InvalidField, "", "An id with a slash cannot be part of a path, not even as %2F: use gRPC, or another id.");

    private static readonly JsonFormatter _formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    public Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var isJson = HttpProtocol.IsHttp11(context.Request.Protocol);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            // A gRPC message has its limit elsewhere, and the web server's own must not be below it.
            body.MaxRequestBodySize = isJson ? options.Value.MessageBytesMax : null;
        }

        if (!isJson)
        {
            return next(context);
        }

        if (context.Request.ContentLength > options.Value.MessageBytesMax)
        {
            return RefuseAsync(context, TooManyRequests, GatewayErrors.TooLarge(options.Value.MessageBytesMax));
        }

        return HasEncodedSlash(context) ? RefuseAsync(context, BadRequest, GatewayErrors.Invalid(_encodedSlash)) : next(context);
    }

    // Routing keeps an encoded slash as it is, three characters, and so would address another learner.
    private static bool HasEncodedSlash(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var query = target.IndexOf('?');
        return (query < 0 ? target : target[..query]).Contains("%2f", StringComparison.OrdinalIgnoreCase);
    }

    // The same body as the transcoded calls answer with.
    private static async Task RefuseAsync(HttpContext context, int statusCode, RpcException error)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(_formatter.Format(error.GetRpcStatus())).ConfigureAwait(false);
    }
}
