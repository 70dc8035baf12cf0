using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>Gathers the dead letters of a silo for a moment: an outage makes many at once, and a tenant's letters are stored as a whole.</summary>
/// <param name="take">Stores letters of a tenant; safe to repeat.</param>
/// <param name="time">The engine's clock.</param>
/// <remarks>Bounded by the dispatcher, which keeps a nudge until its letter is stored.</remarks>
internal sealed class DeadLetterOutbox(Func<DeadLetterKey, DeadLetter[], Task> take, TimeProvider time)
{
    private static readonly TimeSpan _gatherFor = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private List<(TenantId Tenant, DeadLetter Letter)> _gathered = [];
    private Task _sending = Task.CompletedTask;
    private Task? _next;

    /// <summary>Returns when the letter is stored.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="letter">The letter.</param>
    /// <param name="hurry">Cancelled when there is no time left to gather.</param>
    public Task StoreAsync(TenantId tenant, DeadLetter letter, CancellationToken hurry)
    {
        lock (_lock)
        {
            _gathered.Add((tenant, letter));
            return _next ??= SendNextAsync(_sending, hurry);
        }
    }

    private async Task SendNextAsync(Task before, CancellationToken hurry)
    {
        // Away from the lock first; one batch after the other, so that a batch grows while the one before is stored.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(_gatherFor, time, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        List<(TenantId Tenant, DeadLetter Letter)> batch;
        lock (_lock)
        {
            (batch, _gathered) = (_gathered, []);
            (_sending, _next) = (_next!, null);
        }

        await Task.WhenAll(batch.GroupBy(one => one.Tenant, one => one.Letter).SelectMany(letters => letters.Chunk(DeadLetterRules.PageMax), (letters, page) =>
            take(DeadLetterKey.For(letters.Key), page)));
    }
}
