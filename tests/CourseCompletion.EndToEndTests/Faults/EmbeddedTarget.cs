using CourseCompletion.EndToEndTests.Hosts;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>One host with the embedded store.</summary>
internal sealed class EmbeddedTarget(HostProcess host) : IFaultTarget
{
    public HostProcess Host => host;

    public IReadOnlyList<Uri> Addresses => [host.Grpc];

    public IReadOnlyList<string> StoreArguments => ["--data", host.DataDirectory];

    public long LargestMemoryBytes => host.MemoryBytes;

    public static async Task<EmbeddedTarget> StartAsync(HostPlan? plan = null) => new(await HostProcess.StartAsync((plan ?? new()) with { ProgramDirectory = FaultSettings.ProgramDirectory }));

    public string Describe() => host.Describe();

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
