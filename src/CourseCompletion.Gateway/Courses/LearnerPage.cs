using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Courses;

namespace CourseCompletion.Gateway.Courses;

/// <summary>Which list of a course's learners a page belongs to, and where it begins.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="Order">The order.</param>
/// <param name="ProbabilityMin">The filter's lower bound.</param>
/// <param name="ProbabilityMax">The filter's upper bound.</param>
/// <param name="AfterValue">With <paramref name="AfterLearner"/>: the last entry of the page before.</param>
/// <param name="AfterLearner">Null for the first page.</param>
internal sealed record LearnerPage(
    string CourseId, RosterOrder Order, double ProbabilityMin, double ProbabilityMax, double AfterValue = 0, string? AfterLearner = null)
{
    private const byte Layout = 1;
    private const int FixedBytes = 1 + sizeof(ulong) + sizeof(double);

    /// <summary>The token of the page that follows an entry.</summary>
    public string TokenAfter(RosterEntry last)
    {
        var bytes = new byte[FixedBytes + Encoding.UTF8.GetByteCount(last.Learner)];
        bytes[0] = Layout;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), ListHash);
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(1 + sizeof(ulong)), last.OrderValue);
        Encoding.UTF8.GetBytes(last.Learner, bytes.AsSpan(FixedBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The page that a token stands for; null when the token is none of this list's.</summary>
    public LearnerPage? From(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        return bytes.Length > FixedBytes && bytes[0] == Layout && BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(1)) == ListHash
            ? this with
            {
                AfterValue = BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(1 + sizeof(ulong))),
                AfterLearner = Encoding.UTF8.GetString(bytes.AsSpan(FixedBytes)),
            }
            : null;
    }

    public RosterQuery Query(int limit) => new(Order, limit, AfterValue, AfterLearner, ProbabilityMin, ProbabilityMax);

    /// <summary>Puts the shards' pages together.</summary>
    public RosterEntry[] Merge(IReadOnlyList<RosterEntry[]> shards, int limit)
    {
        var heads = new PriorityQueue<(int Shard, int Index), RosterEntry>(Comparer<RosterEntry>.Create(Compare));
        for (var shard = 0; shard < shards.Count; shard++)
        {
            if (shards[shard].Length > 0)
            {
                heads.Enqueue((shard, 0), shards[shard][0]);
            }
        }

        var page = new List<RosterEntry>(limit);
        while (page.Count < limit && heads.TryDequeue(out var head, out var entry))
        {
            page.Add(entry);
            if (head.Index + 1 < shards[head.Shard].Length)
            {
                heads.Enqueue((head.Shard, head.Index + 1), shards[head.Shard][head.Index + 1]);
            }
        }

        return [.. page];
    }

    private ulong ListHash => KeyHash.Of(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)Order} {ProbabilityMin:R} {ProbabilityMax:R} {CourseId}"));

    private int Compare(RosterEntry a, RosterEntry b)
    {
        var byValue = Order.IsDescending() ? b.OrderValue.CompareTo(a.OrderValue) : a.OrderValue.CompareTo(b.OrderValue);
        return byValue != 0 ? byValue : string.CompareOrdinal(a.Learner, b.Learner);
    }
}
