using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>One course: how many took and completed it, and of those who took it before another one, how many took and completed that.</summary>
/// <remarks>Bounded: beyond twice the pairs to keep, those with the fewest takers go. Twelve bytes a pair.</remarks>
internal sealed class CompletionPairs
{
    private const int RoomMin = 4;

    private int[] _targets = [];
    private float[] _taken = [];
    private float[] _completed = [];
    private int _count;

    /// <summary>How many took the course, faded.</summary>
    public float Taken { get; set; }

    /// <summary>How many completed it, faded.</summary>
    public float Completed { get; set; }

    /// <summary>Whether nothing was counted.</summary>
    public bool IsEmpty => _count == 0 && Taken == 0 && Completed == 0;

    /// <summary>Counts that somebody who had taken the course took another one.</summary>
    public void CountTaken(int target, int pairsMax)
    {
        var place = PlaceOf(target, pairsMax);
        _taken[place]++;
    }

    /// <summary>Counts that somebody who had taken the course before another one completed that; a pair that is not kept is left out.</summary>
    public void CountCompleted(int target)
    {
        if (Find(target) is var place and >= 0)
        {
            _completed[place]++;
        }
    }

    /// <summary>Has what was counted count less.</summary>
    public void Forget(float factor)
    {
        (Taken, Completed) = (Taken * factor, Completed * factor);
        for (var i = 0; i < _count; i++)
        {
            (_taken[i], _completed[i]) = (_taken[i] * factor, _completed[i] * factor);
        }
    }

    /// <summary>The share of those who took the course before another one that completed that, drawn to the usual share.</summary>
    /// <param name="target">The other course.</param>
    /// <param name="usual">The share of all its takers.</param>
    /// <param name="prior">How many takers that is worth.</param>
    public double ShareOf(int target, double usual, double prior) => Find(target) is var place and >= 0
        ? (_completed[place] + (prior * usual)) / (Math.Max(_taken[place], _completed[place]) + prior)
        : usual;

    /// <summary>Appends everything.</summary>
    public void Write(PayloadWriter to)
    {
        to.Float(Taken);
        to.Float(Completed);
        to.UInt((uint)_count);
        for (var i = 0; i < _count; i++)
        {
            to.UInt((uint)_targets[i]);
            to.Float(_taken[i]);
            to.Float(_completed[i]);
        }
    }

    /// <summary>Reads it back.</summary>
    public static CompletionPairs Read(ref PayloadReader from)
    {
        var pairs = new CompletionPairs { Taken = from.Float(), Completed = from.Float(), _count = from.Count() };
        (pairs._targets, pairs._taken, pairs._completed) = (new int[pairs._count], new float[pairs._count], new float[pairs._count]);
        for (var i = 0; i < pairs._count; i++)
        {
            (pairs._targets[i], pairs._taken[i], pairs._completed[i]) = ((int)from.UInt(), from.Float(), from.Float());
        }

        return pairs;
    }

    private int Find(int target) => _targets.AsSpan(0, _count).IndexOf(target);

    private int PlaceOf(int target, int pairsMax)
    {
        if (Find(target) is var place and >= 0)
        {
            return place;
        }

        if (_count >= 2 * pairsMax)
        {
            Prune(pairsMax);
        }

        if (_count == _targets.Length)
        {
            var room = Math.Clamp(_count * 2, RoomMin, Math.Max(2 * pairsMax, _count + 1));
            Array.Resize(ref _targets, room);
            Array.Resize(ref _taken, room);
            Array.Resize(ref _completed, room);
        }

        (_targets[_count], _taken[_count], _completed[_count]) = (target, 0, 0);
        return _count++;
    }

    private void Prune(int pairsMax)
    {
        var kept = Enumerable.Range(0, _count).OrderByDescending(i => _taken[i]).ThenBy(i => _targets[i]).Take(pairsMax).Order().ToArray();
        for (var to = 0; to < kept.Length; to++)
        {
            var from = kept[to];
            (_targets[to], _taken[to], _completed[to]) = (_targets[from], _taken[from], _completed[from]);
        }

        _count = kept.Length;
    }
}
