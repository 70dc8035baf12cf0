using System.Text.Json;
using CourseCompletion.Gateway;
using CourseCompletion.Gateway.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway.Json;

public sealed class JsonRequestRulesTests
{
    private readonly JsonRequestRules _rules = new(Options.Create(new GatewayOptions { MessageBytesMax = 70_000 }));
    private readonly DefaultHttpContext _context = new() { Request = { Protocol = HttpProtocol.Http11 }, Response = { Body = new MemoryStream() } };
    private bool _served;

    [Theory]
    [InlineData("/v1/learners/a%2Fb")]
    [InlineData("/v1/learners/a%2fb/enrolments/c?as_of=x")]
    public async Task Run_EncodedSlashInThePath_IsRefused(string target)
    {
        await RunAsync(target);

        var error = Error();
        Assert.False(_served);
        Assert.Equal((400, 3), (_context.Response.StatusCode, error.GetProperty("code").GetInt32()));
        Assert.Equal("type.googleapis.com/google.rpc.BadRequest", error.GetProperty("details")[0].GetProperty("@type").GetString());
    }

    [Theory]
    [InlineData("/v1/learners/a%2Bb")]
    [InlineData("/v1/courses/c/learners?page_token=a%2Fb")]
    public async Task Run_NoEncodedSlashInThePath_IsServed(string target)
    {
        await RunAsync(target);

        Assert.True(_served);
    }

    [Theory]
    [InlineData(70_000, true)]
    [InlineData(70_001, false)]
    public async Task Run_BodyOverTheLimit_IsRefusedForGood(int bytes, bool serves)
    {
        _context.Request.ContentLength = bytes;

        await RunAsync("/v1/events:record");

        Assert.Equal((serves, serves ? 200 : 429), (_served, _context.Response.StatusCode));
        if (!serves)
        {
            Assert.Equal(8, Error().GetProperty("code").GetInt32());
            Assert.DoesNotContain("RetryInfo", Error().GetRawText(), StringComparison.Ordinal);
        }
    }

    private Task RunAsync(string target)
    {
        _context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        return _rules.RunAsync(_context, _ =>
        {
            _served = true;
            return Task.CompletedTask;
        });
    }

    private JsonElement Error()
    {
        _context.Response.Body.Position = 0;
        return JsonDocument.Parse(_context.Response.Body).RootElement;
    }
}
