using System.Globalization;
using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>
/// A pending mark as stored: field <c>{learner}|{target}</c>, value <c>{version}:{since in ms}</c>. A learner key is percent-encoded, so the first bar ends it.
/// </summary>
internal static class RedisMark
{
    public static string Field(PendingMark mark) => string.Concat(mark.Learner.Value, "|", mark.Target);

    /// <summary>Writes a mark's field and returns its length.</summary>
    public static int Write(Span<byte> field, LearnerKey learner, string target)
    {
        var written = Encoding.UTF8.GetBytes(learner.Value, field);
        field[written++] = (byte)'|';
        return written + Encoding.UTF8.GetBytes(target, field[written..]);
    }

    /// <summary>Reads a mark and the time in ms at which it was first set.</summary>
    /// <exception cref="StoreCorruptException">The field or the value is not a mark's.</exception>
    public static (PendingMark Mark, long SinceMs) Read(string field, string value)
    {
        var bar = field.IndexOf('|', StringComparison.Ordinal);
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return bar > 0 && colon > 0
            && long.TryParse(value.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && long.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            ? (new PendingMark(LearnerKey.Parse(field[..bar]), field[(bar + 1)..], version), since)
            : throw new StoreCorruptException($"'{field}' = '{value}' is not a pending mark.");
    }
}
