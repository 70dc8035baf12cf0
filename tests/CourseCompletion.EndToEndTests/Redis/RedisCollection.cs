using Xunit;

namespace CourseCompletion.EndToEndTests.Redis;

/// <summary>Tests that share one redis-server; each takes a service id of its own, so that their keys never meet.</summary>
[CollectionDefinition(Name)]
public sealed class RedisCollection : ICollectionFixture<SharedRedisServer>
{
    public const string Name = "Redis";
}

/// <summary>The server that the tests of the collection share.</summary>
public sealed class SharedRedisServer : IAsyncLifetime
{
    private RedisServer? _server;

    public RedisServer Server => _server ?? throw new InvalidOperationException(RedisRequirement.Missing);

    public async Task InitializeAsync()
    {
        // Without a server the tests are skipped, or each fails with the reason; the fixture itself must not hide that.
        if (RedisServer.Executable is not null)
            _server = await RedisServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
