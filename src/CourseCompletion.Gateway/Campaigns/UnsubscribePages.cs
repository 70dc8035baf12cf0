using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Gateway.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>The pages behind unsubscribe links.</summary>
/// <remarks>
/// POST ends the messages at once: mail programs send it for the learner (RFC 8058), and so does the button. GET only shows the button, because scanners of mail follow every link in it. The token is the whole permission, so there
/// is no session that another page could abuse.
/// </remarks>
internal static class UnsubscribePages
{
    private const string TokenName = "token";
    private const int RetryAfterSeconds = 5;

    /// <summary>Maps <c>/unsubscribe/{token}</c>, where links are configured and somebody ends messages.</summary>
    public static void MapUnsubscribePages(this WebApplication app)
    {
        if (app.Services.GetService<IUnsubscribeLinks>() is not { } links || app.Services.GetService<IUnsubscriptions>() is not { } unsubscriptions)
        {
            return;
        }

        app.MapGet($"/unsubscribe/{{{TokenName}}}", context => AskAsync(context, links));
        app.MapPost($"/unsubscribe/{{{TokenName}}}", context => OptOutAsync(context, links, unsubscriptions));
    }

    private static Task AskAsync(HttpContext context, IUnsubscribeLinks links) => ClaimOf(context, links) is null
        ? ShowAsync(context, StatusCodes.Status404NotFound, UnsubscribeText.Of(context.Request).UnknownLink)
        : ShowAsync(context, StatusCodes.Status200OK, UnsubscribeText.Of(context.Request).Question, withButton: true);

    private static async Task OptOutAsync(HttpContext context, IUnsubscribeLinks links, IUnsubscriptions unsubscriptions)
    {
        var text = UnsubscribeText.Of(context.Request);
        if (ClaimOf(context, links) is not { } claim)
        {
            await ShowAsync(context, StatusCodes.Status404NotFound, text.UnknownLink).ConfigureAwait(false);
            return;
        }

        try
        {
            await unsubscriptions.OptOutAsync(claim.Tenant, claim.Learner, claim.Purpose, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (GatewayErrors.IsTransient(exception) || GatewayErrors.IsBusy(exception))
        {
            context.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
            await ShowAsync(context, StatusCodes.Status503ServiceUnavailable, text.TryAgain, withButton: true).ConfigureAwait(false);
            return;
        }

        await ShowAsync(context, StatusCodes.Status200OK, text.Done).ConfigureAwait(false);
    }

    private static UnsubscribeClaim? ClaimOf(HttpContext context, IUnsubscribeLinks links) =>
        context.Request.RouteValues[TokenName] is string token ? links.Read(token) : null;

    private static Task ShowAsync(HttpContext context, int statusCode, string message, bool withButton = false)
    {
        var text = UnsubscribeText.Of(context.Request);
        var response = context.Response;
        response.StatusCode = statusCode;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        response.Headers.XContentTypeOptions = "nosniff";
        var button = withButton ? $"<form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\"><button>{text.Button}</button></form>" : "";
        return response.WriteAsync(
            $$"""
            <!doctype html>
            <html lang="{{text.Language}}">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{{text.Title}}</title>
            <style>body { font: 1rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem } button { font: inherit; padding: .5em 1em }</style>
            <h1>{{text.Title}}</h1>
            <p>{{message}}</p>
            {{button}}
            </html>
            """,
            context.RequestAborted);
    }
}
