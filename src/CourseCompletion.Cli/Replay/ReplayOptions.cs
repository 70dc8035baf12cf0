using CourseCompletion.Cli.Delivery;

namespace CourseCompletion.Cli.Replay;

/// <summary>What to replay, where to, and how.</summary>
/// <param name="Target">The server.</param>
/// <param name="Pace">How fast.</param>
/// <param name="BatchEvents">Events a batch.</param>
/// <param name="StatePath">The file that remembers the position; null for none.</param>
/// <param name="MemoryBytesMax">How much of the input to hold in memory while it is put in order.</param>
/// <param name="IsSorted">Whether the input is in event-time order already and is streamed as it is.</param>
/// <param name="IsJson">Whether the summary is written as JSON.</param>
internal sealed record ReplayOptions(
    Uri Target, Pace Pace, int BatchEvents, string? StatePath, long MemoryBytesMax, bool IsSorted, bool IsJson);
