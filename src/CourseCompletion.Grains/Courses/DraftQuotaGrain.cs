using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Courses;

/// <summary>How many draft courses a tenant may still make this hour.</summary>
/// <remarks>Key: tenant. Called by courses nobody has defined yet.</remarks>
[Alias("cc.IDraftQuotaGrain")]
[Version(1)]
internal interface IDraftQuotaGrain : IGrainWithStringKey
{
    /// <summary>Takes one from the quota; false when none is left.</summary>
    [Alias("TryTakeAsync")]
    ValueTask<bool> TryTakeAsync();
}

/// <inheritdoc/>
/// <remarks>In memory only, and kept there: a restart begins a new hour, which a quota against floods of invented course ids can bear, but a quiet quarter of an hour does not.</remarks>
[KeepAlive]
internal sealed class DraftQuotaGrain(IOptions<CourseOptions> options, [FromKeyedServices(EngineTime.Key)] TimeProvider time) : Grain, IDraftQuotaGrain
{
    private readonly Queue<DateTimeOffset> _taken = new();

    public ValueTask<bool> TryTakeAsync()
    {
        var now = time.GetUtcNow();
        while (_taken.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromHours(1))
        {
            _taken.Dequeue();
        }

        if (_taken.Count >= options.Value.DraftsPerHourMax)
        {
            return new(false);
        }

        _taken.Enqueue(now);
        return new(true);
    }
}
