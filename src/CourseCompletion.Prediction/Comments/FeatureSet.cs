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
        // At most half full. Short texts use little of the room, so that it stays in the processor's nearest cache.
        var bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, featuresMax * 2)));
        if (_places.Length < 1 << bits)
        {
            _places = new uint[1 << bits];
            _features = new uint[1 << bits - 1];
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
        var mask = (1u << 32 - _shift) - 1;
        var at = key >> _shift;
        uint found;
        while ((found = _places[at]) != 0)
        {
            if (found == key)
            {
                return;
            }

            at = at + 1 & mask;
        }

        _places[at] = key;
        _features[Count++] = key;
    }
}
