using System.Collections.Concurrent;

namespace CourseCompletion.ClusterTests.Clusters;

/// <summary>What a test does to grain calls on their way, and how many arrived.</summary>
internal sealed class CallHooks : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Interface, string Method), Func<GrainId, Task>> _hooks = new();
    private readonly ConcurrentDictionary<(GrainId Grain, string Method), int> _arrivals = new();

    /// <summary>Runs before each call of a method; a failure fails the call.</summary>
    public void Before<TGrain>(string method, Func<Task> hook) => Before<TGrain>(method, _ => hook());

    /// <summary>Runs before each call of a method, with the grain that is called; a failure fails the call.</summary>
    public void Before<TGrain>(string method, Func<GrainId, Task> hook) => _hooks[(typeof(TGrain).Name, method)] = hook;

    public void Clear() => _hooks.Clear();

    /// <summary>How many calls of a method reached a grain.</summary>
    public int ArrivalsOf(IAddressable grain, string method) => _arrivals.GetValueOrDefault((grain.GetGrainId(), method));

    public Task RunAsync(IGrainCallContext call) =>
        _hooks.TryGetValue((call.InterfaceMethod.DeclaringType!.Name, call.InterfaceMethod.Name), out var hook) ? hook(call.TargetId) : Task.CompletedTask;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _arrivals.AddOrUpdate((context.TargetId, context.InterfaceMethod.Name), 1, static (_, count) => count + 1);
        return context.Invoke();
    }
}

/// <summary>Stops the calls of a killed silo and runs the test's hooks.</summary>
internal sealed class LinkedCalls(SiloLink link, CallHooks hooks) : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        link.Check();
        await hooks.RunAsync(context);
        await context.Invoke();
    }
}
