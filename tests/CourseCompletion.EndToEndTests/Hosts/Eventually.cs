using System.Diagnostics;

namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>Waits for what a running server brings about in a while.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads until nothing is wrong any more.</summary>
    /// <param name="awaited">What is awaited, for the failure's message.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="faultAsync">What is still wrong; null when nothing is.</param>
    public static async Task HoldsAsync(string awaited, TimeSpan deadline, Func<Task<string?>> faultAsync)
    {
        var waited = Stopwatch.StartNew();
        while (await faultAsync() is { } fault)
        {
            if (waited.Elapsed > deadline)
                throw new TimeoutException($"Not within {deadline}: {awaited}; at last: {fault}");

            await Task.Delay(_pause);
        }
    }

    /// <summary>Waits until a condition holds.</summary>
    public static Task HoldsAsync(string awaited, TimeSpan deadline, Func<bool> holds) => HoldsAsync(awaited, deadline, () => Task.FromResult(holds() ? null : "not yet"));

    /// <summary>Reads until what was read is as it should be, and returns it.</summary>
    public static async Task<T> GetAsync<T>(string awaited, TimeSpan deadline, Func<Task<T>> readAsync, Func<T, bool> holds)
    {
        T? read = default;
        await HoldsAsync(awaited, deadline, async () => holds(read = await readAsync()) ? null : $"{read}");
        return read!;
    }
}
