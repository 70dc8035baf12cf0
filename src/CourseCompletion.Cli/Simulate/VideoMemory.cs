using System.Collections;

namespace CourseCompletion.Cli.Simulate;

/// <summary>Which seconds of a video a simulated learner has watched.</summary>
internal sealed class VideoMemory(double seconds)
{
    private readonly BitArray _watched = new((int)Math.Ceiling(seconds));
    private int _count;

    /// <summary>The watched share.</summary>
    public double Share => (double)_count / _watched.Length;

    /// <summary>The first second that was not watched; the end when all were.</summary>
    public double FirstGap
    {
        get
        {
            for (var i = 0; i < _watched.Length; i++)
            {
                if (!_watched[i])
                {
                    return i;
                }
            }

            return seconds;
        }
    }

    /// <summary>Remembers an interval.</summary>
    public void Watch(double from, double to)
    {
        for (var i = (int)Math.Ceiling(from); i < Math.Min(Math.Floor(to + 0.001), _watched.Length); i++)
        {
            _count += _watched[i] ? 0 : 1;
            _watched[i] = true;
        }

        if (to >= seconds && !_watched[^1])
        {
            _watched[^1] = true;
            _count++;
        }
    }
}
