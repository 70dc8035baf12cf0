using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments.Contentment;

/// <summary>How content one learner's texts with a position in a video sound: all of them while they are few, a fixed sample beyond.</summary>
/// <remarks>
/// Of too many those with the smallest identities stay, which are hashes, so that what is kept does not depend on the order in which texts come. A struct that changes: its owner keeps it in a field and
/// hands it out by reference; a copy is for reading only.
/// </remarks>
public struct PlacedContentment
{
    /// <summary>How many texts are kept.</summary>
    public const int TextsMax = 32;

    internal const int TextBytes = 9;
    private const int TenthMs = 100;

    // By ascending hash.
    private CompactList<PlacedText> _texts;

    /// <summary>How many texts there are.</summary>
    public readonly int Count => _texts.Count;

    /// <summary>The texts by hundredth of a video of this length, ascending; hundredths without any are left out.</summary>
    public readonly PlacedShare[] Hundredths(long lengthMs)
    {
        List<PlacedShare>? shares = null;
        foreach (var text in _texts)
        {
            var positionMs = (long)text.Tenths * TenthMs;
            if (positionMs >= lengthMs)
            {
                continue;
            }

            var hundredth = (byte)(positionMs * 100 / lengthMs);
            shares ??= [];
            var at = shares.FindIndex(share => share.Hundredth >= hundredth);
            if (at >= 0 && shares[at].Hundredth == hundredth)
            {
                shares[at] = new(hundredth, shares[at].Texts + 1, shares[at].PositivePercent + text.PositivePercent);
            }
            else
            {
                shares.Insert(at < 0 ? shares.Count : at, new(hundredth, 1, text.PositivePercent));
            }
        }

        return shares is null ? [] : [.. shares];
    }

    internal void Add(UInt128 identity, long positionMs, byte positivePercent)
    {
        var at = PlaceOf((uint)identity, out var isKnown);
        if (isKnown || at == TextsMax)
        {
            return;
        }

        if (Count == TextsMax)
        {
            _texts.RemoveAt(Count - 1);
        }

        _texts.Insert(at, new((uint)identity, (int)(positionMs / TenthMs), positivePercent));
    }

    /// <summary>Replaces the contentment of a text, if it is among those that are kept.</summary>
    internal void Revise(UInt128 identity, byte positivePercent)
    {
        var at = PlaceOf((uint)identity, out var isKnown);
        if (isKnown)
        {
            var text = _texts[at];
            _texts.RemoveAt(at);
            _texts.Insert(at, text with { PositivePercent = positivePercent });
        }
    }

    internal readonly void Write(PayloadWriter to)
    {
        to.UInt((uint)Count);
        foreach (var text in _texts)
        {
            to.UInt(text.Hash);
            to.UInt((uint)text.Tenths);
            to.Byte(text.PositivePercent);
        }
    }

    internal static PlacedContentment Read(ref PayloadReader from)
    {
        var read = default(PlacedContentment);
        for (var left = from.Count(); left > 0; left--)
        {
            read._texts.Add(new((uint)from.UInt(), (int)from.UInt(), from.Byte()));
        }

        return read;
    }

    private readonly int PlaceOf(uint hash, out bool isKnown)
    {
        var at = 0;
        while (at < Count && _texts[at].Hash < hash)
        {
            at++;
        }

        isKnown = at < Count && _texts[at].Hash == hash;
        return at;
    }

    private readonly record struct PlacedText(uint Hash, int Tenths, byte PositivePercent);
}

/// <summary>What one learner wrote in one hundredth of a video.</summary>
/// <param name="Hundredth">Which one, 0 to 99.</param>
/// <param name="Texts">How many texts.</param>
/// <param name="PositivePercent">The sum of how likely the learner was content, in percents.</param>
public readonly record struct PlacedShare(byte Hundredth, int Texts, int PositivePercent)
{
    internal void Write(PayloadWriter to)
    {
        to.Byte(Hundredth);
        to.UInt((uint)Texts);
        to.UInt((uint)PositivePercent);
    }

    internal static PlacedShare Read(ref PayloadReader from) => new(from.Byte(), (int)from.UInt(), (int)from.UInt());
}
