using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CourseCompletion.Gateway.OpenApi;

/// <summary>Serves the description of the API, and a page that leads to it.</summary>
internal static class OpenApiPages
{
    private const string IndexPage =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>CourseCompletion</title>
        <style>body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem } code { background: #8882; padding: .1em .3em }</style>
        <h1>CourseCompletion</h1>
        <p>This port speaks HTTP/1.1: JSON and gRPC-Web. gRPC itself has a port of its own, with reflection:
        <code>grpcurl -plaintext host:port list</code>.</p>
        <ul>
        <li><a href="/openapi/v1.json">The JSON API</a> as an OpenAPI document</li>
        <li><a href="/health/ready">Readiness</a>, <a href="/health/live">liveness</a> and <a href="/health/startup">start-up</a></li>
        </ul>
        </html>
        """;

    public static void MapOpenApiPages(this WebApplication app)
    {
        // Built when it is first asked for: start-up does not wait for it.
        var document = new Lazy<string>(() => OpenApiDocument.Write(ProtocolDescription.ReadServices()));
        app.MapGet("/openapi/v1.json", () => Results.Text(document.Value, "application/json"));
        app.MapGet("/", () => Results.Text(IndexPage, "text/html; charset=utf-8"));
    }
}
