using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments.Contentment;

/// <summary>How content one learner's texts sound, the recent ones counting most.</summary>
/// <remarks>A struct that changes: its owner keeps it in a field and hands it out by reference; a copy is for reading only.</remarks>
public struct DecayedContentment
{
    /// <summary>After how long a text counts half.</summary>
    public const long HalfLifeMs = 14 * 86_400_000L;

    // The instant takes up to 8 bytes.
    internal const int BytesMax = 24;

    private double _positive;

    /// <summary>The instant that the weight is of: the newest text's.</summary>
    public long AsOfMs { get; private set; }

    /// <summary>How many texts it weighs, each 1 when written and half as much with each half-life.</summary>
    public double Weight { get; private set; }

    /// <summary>How likely the authors are content, 0 to 1; 0.5 without texts.</summary>
    public readonly double Mean => Weight <= 0 ? 0.5 : _positive / Weight;

    /// <summary>How many texts it weighs at an instant; an earlier one than <see cref="AsOfMs"/> is taken for that.</summary>
    public readonly double WeightAt(long nowMs) => Weight * PortableMath.Exp2(-(double)Math.Max(0, nowMs - AsOfMs) / HalfLifeMs);

    /// <summary>What it adds to a course, in whole numbers, so that it can be taken away again.</summary>
    public readonly ContentmentShare Share()
    {
        if (Weight <= 0)
        {
            return default;
        }

        var fortnight = AsOfMs / HalfLifeMs;
        var scale = ContentmentShare.Unit * PortableMath.Exp2((AsOfMs - (fortnight * HalfLifeMs)) / (double)HalfLifeMs);
        return new((int)fortnight, (long)Math.Round(Weight * scale), (long)Math.Round(_positive * scale));
    }

    // A late text is added with its own age, so that the order of arrival changes no more than the last bits.
    internal void Add(int positivePercent, long atMs)
    {
        if (atMs >= AsOfMs)
        {
            var factor = AsOfMs == 0 ? 0 : PortableMath.Exp2(-(atMs - AsOfMs) / (double)HalfLifeMs);
            (Weight, _positive, AsOfMs) = (Weight * factor, _positive * factor, atMs);
        }

        var weight = WeightOf(atMs);
        Weight += weight;
        _positive += weight * positivePercent / 100;
    }

    /// <summary>Changes the contentment of a text that was added before, by whole percents. One that is newer than all was not: an earlier release added it, which did not keep this. Of such a text that is older than another, the change counts for the others, within bounds, until they have decayed.</summary>
    internal void Revise(int byPercent, long atMs) => _positive = atMs > AsOfMs ? _positive : Math.Clamp(_positive + (WeightOf(atMs) * byPercent / 100), 0, Weight);

    internal readonly void Write(PayloadWriter to)
    {
        to.Int(AsOfMs);
        to.Double(Weight);
        to.Double(_positive);
    }

    internal static DecayedContentment Read(ref PayloadReader from) => new() { AsOfMs = from.Int(), Weight = from.Double(), _positive = from.Double() };

    // Of a text that is no newer than the newest.
    private readonly double WeightOf(long atMs) => atMs == AsOfMs ? 1 : PortableMath.Exp2(-(AsOfMs - atMs) / (double)HalfLifeMs);
}
