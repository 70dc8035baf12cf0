using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments.Contentment;

/// <summary>How content the texts of many learners sound, the recent ones counting most: half as much with each <see cref="DecayedContentment.HalfLifeMs"/>.</summary>
/// <remarks>
/// Weights are whole numbers as of the begin of the fortnight in which their learner wrote last, and are summed by fortnight: what a learner added can be taken away to the last bit, which a sum that
/// decays itself could not. Only readers decay it.
/// </remarks>
public sealed class ContentmentSums
{
    private readonly Dictionary<int, ContentmentShare> _fortnights = [];

    /// <summary>What is summed, by fortnight.</summary>
    public IReadOnlyDictionary<int, ContentmentShare> Fortnights => _fortnights;

    /// <summary>How many texts are weighed at an instant, and how likely their authors are content, 0 to 1; 0.5 without texts.</summary>
    public (double Weight, double Mean) At(long nowMs)
    {
        var (weight, positive) = (0.0, 0.0);
        foreach (var share in _fortnights.Values)
        {
            var factor = PortableMath.Exp2(-(nowMs - (share.Fortnight * DecayedContentment.HalfLifeMs)) / (double)DecayedContentment.HalfLifeMs) / ContentmentShare.Unit;
            weight += share.Weight * factor;
            positive += share.Positive * factor;
        }

        return weight <= 0 ? (0, 0.5) : (weight, positive / weight);
    }

    internal void Add(in ContentmentShare share, int times)
    {
        var sum = _fortnights.GetValueOrDefault(share.Fortnight).Plus(share, times);
        if (sum.Weight == 0 && sum.Positive == 0)
        {
            _fortnights.Remove(share.Fortnight);
        }
        else
        {
            _fortnights[share.Fortnight] = sum;
        }
    }

    internal void Merge(ContentmentSums other)
    {
        foreach (var share in other._fortnights.Values)
        {
            Add(share, 1);
        }
    }

    internal void Write(PayloadWriter to)
    {
        to.UInt((uint)_fortnights.Count);
        foreach (var share in _fortnights.Values)
        {
            share.Write(to);
        }
    }

    internal void Read(ref PayloadReader from)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            Add(ContentmentShare.Read(ref from), 1);
        }
    }
}

/// <summary>What one learner's texts add to <see cref="ContentmentSums"/>.</summary>
/// <param name="Fortnight">In which half-life since 1970 the learner wrote last.</param>
/// <param name="Weight">How many texts it weighs at that fortnight's begin, in <see cref="Unit"/>.</param>
/// <param name="Positive">How many of them are content, in <see cref="Unit"/>.</param>
public readonly record struct ContentmentShare(int Fortnight, long Weight, long Positive)
{
    /// <summary>How many make one text.</summary>
    public const int Unit = 1024;

    internal ContentmentShare Plus(in ContentmentShare other, int times) => new(other.Fortnight, Weight + (times * other.Weight), Positive + (times * other.Positive));

    internal void Write(PayloadWriter to)
    {
        to.Int(Fortnight);
        to.Int(Weight);
        to.Int(Positive);
    }

    internal static ContentmentShare Read(ref PayloadReader from) => new((int)from.Int(), from.Int(), from.Int());
}
