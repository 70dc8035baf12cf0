using CourseCompletion.Client;
using Xunit;

namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>Tests that share one host with the embedded store; each takes learners and courses of its own.</summary>
[CollectionDefinition(Name)]
public sealed class HostCollection : ICollectionFixture<SharedHost>
{
    public const string Name = "Host";
}

/// <summary>The host that the tests of the collection share, and clients of it.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private HostProcess? _process;
    private EngagementClient? _client;

    public HostProcess Process => _process ?? throw new InvalidOperationException("The host was not started.");

    public EngagementClient Client => _client ?? throw new InvalidOperationException("The host was not started.");

    public HttpClient Http { get; } = new();

    public async Task InitializeAsync()
    {
        _process = await HostProcess.StartAsync();
        _client = EngagementClient.Connect(_process.Grpc);
        Http.BaseAddress = _process.Http;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_client is not null)
            await _client.DisposeAsync();
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
