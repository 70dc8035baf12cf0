namespace CourseCompletion.Domain.LocalTime;

/// <summary>A time during which a learner's local clock ran at one offset from UTC.</summary>
/// <param name="FromMs">Its first instant; <see cref="long.MinValue"/> when it has no beginning.</param>
/// <param name="ToMs">The first instant behind it; <see cref="long.MaxValue"/> when it has no end.</param>
/// <param name="OffsetMs">Local time less UTC, in milliseconds.</param>
/// <remarks>An object rather than a struct: a clock replaces the one that it remembers in a single write, so that readers never see half of another.</remarks>
internal sealed record OffsetSpan(long FromMs, long ToMs, long OffsetMs)
{
    /// <summary>Whether an instant lies in it.</summary>
    public bool Contains(long ms) => ms >= FromMs && ms < ToMs;
}
