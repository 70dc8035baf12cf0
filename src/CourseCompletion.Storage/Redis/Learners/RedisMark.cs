using System.Globalization;
using System.Text;
using CourseCompletion.Domain.Learners;

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

    /// <summary>Reads whom a mark names; false when the field is not a mark's.</summary>
    public static bool TryReadField(string field, out LearnerKey learner, out string target)
    {
        var bar = field.IndexOf('|', StringComparison.Ordinal);
        var slash = field.IndexOf('/', StringComparison.Ordinal);
        var isMark = slash > 0 && slash < bar - 1 && field.IndexOf('/', slash + 1, bar - slash - 1) < 0;
        (learner, target) = isMark ? (LearnerKey.Parse(field[..bar]), field[(bar + 1)..]) : (default, string.Empty);
        return isMark;
    }

    /// <summary>Reads a mark's version and the time in ms at which it was first set; false when the value is not a mark's.</summary>
    public static bool TryReadValue(string value, out long version, out long sinceMs)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0
            && long.TryParse(value.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && long.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out sinceMs))
        {
            return true;
        }

        (version, sinceMs) = (0, 0);
        return false;
    }
}
