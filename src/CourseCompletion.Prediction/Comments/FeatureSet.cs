using System.Numerics;

namespace CourseCompletion.Prediction.Comments;

/// <summary>Distinct features in the order in which they came. Made to be filled again and again without allocating.</summary>
internal sealed class FeatureSet
{
    private uint[] _places = [];
    private uint[] _features = [];
    private int _shift;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The features.</summary>
    public ReadOnlySpan<uint> Features => _features.AsSpan(0, Count);

    /// <summary>Forgets all, and makes room for so many.</summary>
    public void Begin(int featuresMax)
    {
        // At most a quarter full, so that a place is seldom taken by another one. Short texts use little of the room, and it stays in the processor's nearest cache.
        var bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, featuresMax))) + 2;
        if (_places.Length < 1 << bits)
        {
            _places = new uint[1 << bits];
            _features = new uint[1 << bits - 2];
        }

        _places.AsSpan(0, 1 << bits).Clear();
        _shift = 32 - bits;
        Count = 0;
    }

    /// <summary>Adds one, unless it is there.</summary>
    public void Add(uint feature)
    {
        // 0 marks a free place.
        var key = feature == 0 ? 1 : feature;
        var places = _places;
        var at = key >> _shift;
        uint found;
        while ((found = places[at]) != 0)
        {
            if (found == key)
            {
                return;
            }

            at = at + 1 & (1u << 32 - _shift) - 1;
        }

        places[at] = key;
        var count = Count;
        _features[count] = key;
        Count = count + 1;
    }
}
