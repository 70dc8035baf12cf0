namespace CourseCompletion.Domain.Stores;

/// <summary>Says how the store is, for operators and probes.</summary>
public interface IStoreHealth
{
    /// <summary>Asks the store now; a store that does not answer is reported, never thrown.</summary>
    Task<StoreHealth> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>How the store is.</summary>
/// <param name="Kind">Which store: <c>sqlite</c> or <c>redis</c>.</param>
/// <param name="Fault">Why it does not answer; null when it does.</param>
/// <param name="AnswerTime">How long a small read took.</param>
/// <param name="QueuedBytes">Bytes of writes that wait in this process.</param>
/// <param name="UsedBytes">What the store takes: of disk where it is a file, of memory where it is Redis (the fullest primary).</param>
/// <param name="BytesMax">Up to which it may grow; 0 when no limit is known.</param>
/// <param name="Weaknesses">Settings with which acknowledged events can be lost, and what to set instead.</param>
public sealed record StoreHealth(
    string Kind, string? Fault, TimeSpan AnswerTime, long QueuedBytes, long UsedBytes, long BytesMax, IReadOnlyList<string> Weaknesses);
