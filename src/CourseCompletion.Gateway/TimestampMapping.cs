using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Gateway;

/// <summary>Puts the engine's times (milliseconds since 1970-01-01 UTC) on the wire.</summary>
internal static class TimestampMapping
{
    public static Timestamp From(long ms)
    {
        var (seconds, rest) = Math.DivRem(ms, 1000);
        return rest < 0
            ? new() { Seconds = seconds - 1, Nanos = (int)(rest + 1000) * 1_000_000 }
            : new() { Seconds = seconds, Nanos = (int)rest * 1_000_000 };
    }

    /// <summary>A time of which 0 says that there is none.</summary>
    public static Timestamp? FromOptional(long ms) => ms is 0 or long.MaxValue ? null : From(ms);
}
