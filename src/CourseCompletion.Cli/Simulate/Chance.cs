namespace CourseCompletion.Cli.Simulate;

/// <summary>Random numbers by key (SplitMix64): the same seed and keys give the same numbers on every machine and version of .NET.</summary>
internal sealed class Chance
{
    private ulong _state;

    /// <summary>Makes a stream of numbers for these keys, independent of the streams of other keys.</summary>
    public Chance(ulong seed, params ReadOnlySpan<long> keys)
    {
        _state = seed;
        foreach (var key in keys)
        {
            _state = Next() ^ (ulong)key;
        }
    }

    /// <summary>A number from 0 up to but without 1.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number between two bounds.</summary>
    public double Between(double low, double high) => low + (Uniform() * (high - low));

    /// <summary>True with this probability.</summary>
    public bool Hits(double probability) => Uniform() < probability;

    /// <summary>A whole number from 0 up to but without the bound.</summary>
    public int Below(int bound) => (int)(Uniform() * bound);

    /// <summary>A standard normal number, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
