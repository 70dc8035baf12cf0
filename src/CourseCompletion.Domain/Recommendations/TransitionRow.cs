using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>What may follow upon one course: for each target how often it did, and what the course's being taken says for it.</summary>
/// <remarks>Bounded: beyond twice the targets to keep, those that followed least go.</remarks>
internal sealed class TransitionRow
{
    private const int RoomMin = 4;

    private int[] _targets = [];
    private float[] _counts = [];
    private float[] _learned = [];
    private float[] _weights = [];
    private int _count;
    private float _total;

    /// <summary>The targets.</summary>
    public ReadOnlySpan<int> Targets => _targets.AsSpan(0, _count);

    /// <summary>What the course says for each target, in logits of its following next; as of the last <see cref="Settle"/> and <see cref="Learn"/>.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, _count);

    /// <summary>Counts that a target followed.</summary>
    public void Count(int target, float by, int targetsMax)
    {
        _total += by;
        var place = PlaceOf(target, targetsMax);
        _counts[place] += by;
    }

    /// <summary>Makes the weights those of the counts and of what was learned.</summary>
    /// <param name="share">The share of each course in everything taken.</param>
    /// <param name="prior">How many transitions that is worth.</param>
    public void Settle(ReadOnlySpan<float> share, float prior)
    {
        for (var i = 0; i < _count; i++)
        {
            var usual = share[_targets[i]];
            _weights[i] = MathF.Log((_counts[i] + (prior * usual)) / ((_total + prior) * usual)) + _learned[i];
        }
    }

    /// <summary>Moves the weights towards what came next.</summary>
    /// <param name="next">What came.</param>
    /// <param name="likelihoods">How likely each course was taken to come next, times an unknown number; of all targets.</param>
    /// <param name="scale">What makes probabilities of them.</param>
    /// <param name="rate">How far to move.</param>
    /// <param name="targetsMax">How many targets to keep.</param>
    public void Learn(int next, CourseScores likelihoods, float scale, float rate, int targetsMax)
    {
        for (var i = 0; i < _count; i++)
        {
            var probability = scale * likelihoods[_targets[i]];
            _learned[i] -= rate * probability;
            _weights[i] -= rate * probability;
        }

        var place = PlaceOf(next, targetsMax);
        _learned[place] += rate;
        _weights[place] += rate;
    }

    /// <summary>Has what was counted count less.</summary>
    public void Forget(float factor)
    {
        _total *= factor;
        foreach (ref var count in _counts.AsSpan(0, _count))
        {
            count *= factor;
        }
    }

    /// <summary>What the course says for a target; 0 for one that never followed.</summary>
    public float WeightOf(int target) => Targets.IndexOf(target) is var place and >= 0 ? _weights[place] : 0;

    /// <summary>Appends the row.</summary>
    public void Write(PayloadWriter to)
    {
        to.Float(_total);
        to.UInt((uint)_count);
        for (var i = 0; i < _count; i++)
        {
            to.UInt((uint)_targets[i]);
            to.Float(_counts[i]);
            to.Float(_learned[i]);
        }
    }

    /// <summary>Reads a row back; its weights come with <see cref="Settle"/>.</summary>
    public static TransitionRow Read(ref PayloadReader from)
    {
        var row = new TransitionRow { _total = from.Float(), _count = from.Count() };
        (row._targets, row._counts, row._learned, row._weights) = (new int[row._count], new float[row._count], new float[row._count], new float[row._count]);
        for (var i = 0; i < row._count; i++)
        {
            (row._targets[i], row._counts[i], row._learned[i]) = ((int)from.UInt(), from.Float(), from.Float());
        }

        return row;
    }

    private int PlaceOf(int target, int targetsMax)
    {
        var place = Targets.IndexOf(target);
        if (place >= 0)
        {
            return place;
        }

        if (_count >= 2 * targetsMax)
        {
            Prune(targetsMax);
        }

        if (_count == _targets.Length)
        {
            var room = Math.Clamp(_count * 2, RoomMin, Math.Max(2 * targetsMax, _count + 1));
            Array.Resize(ref _targets, room);
            Array.Resize(ref _counts, room);
            Array.Resize(ref _learned, room);
            Array.Resize(ref _weights, room);
        }

        (_targets[_count], _counts[_count], _learned[_count], _weights[_count]) = (target, 0, 0, 0);
        return _count++;
    }

    private void Prune(int targetsMax)
    {
        var kept = Enumerable.Range(0, _count).OrderByDescending(i => _counts[i]).ThenBy(i => _targets[i]).Take(targetsMax).Order().ToArray();
        for (var to = 0; to < kept.Length; to++)
        {
            var from = kept[to];
            (_targets[to], _counts[to], _learned[to], _weights[to]) = (_targets[from], _counts[from], _learned[from], _weights[from]);
        }

        _count = kept.Length;
    }
}
