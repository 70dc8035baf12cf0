using Xunit;

namespace CourseCompletion.UnitTests.Gateway;

/// <summary>Waits for what happens on other threads.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks every millisecond, doing <paramref name="meanwhile"/> in between; fails with <paramref name="what"/> after ten seconds.</summary>
    public static async Task HoldsAsync(Func<bool> holds, string what, Action? meanwhile = null)
    {
        using var deadline = new CancellationTokenSource(_patience);
        while (!holds())
        {
            Assert.False(deadline.IsCancellationRequested, $"Waited {_patience} until {what}.");
            meanwhile?.Invoke();
            await Task.Delay(1);
        }
    }
}
