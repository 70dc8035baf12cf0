using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseCompletion.Prediction.Recommendations;

/// <summary>Sums over long rows of numbers, several numbers an instruction.</summary>
internal static class DenseVectors
{
    /// <summary>The scalar product of two rows of one length.</summary>
    public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : struct, INumber<T>
    {
        var wideA = MemoryMarshal.Cast<T, Vector<T>>(a);
        var wideB = MemoryMarshal.Cast<T, Vector<T>>(b);
        var wide = Vector<T>.Zero;
        for (var i = 0; i < wideA.Length; i++)
        {
            wide += wideA[i] * wideB[i];
        }

        var sum = Vector.Sum(wide);
        for (var i = wideA.Length * Vector<T>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row to another of the same length.</summary>
    public static void AddScaled<T>(Span<T> to, ReadOnlySpan<T> from, T factor)
        where T : struct, INumber<T>
    {
        var wideTo = MemoryMarshal.Cast<T, Vector<T>>(to);
        var wideFrom = MemoryMarshal.Cast<T, Vector<T>>(from);
        for (var i = 0; i < wideTo.Length; i++)
        {
            wideTo[i] += wideFrom[i] * factor;
        }

        for (var i = wideTo.Length * Vector<T>.Count; i < to.Length; i++)
        {
            to[i] += from[i] * factor;
        }
    }

    /// <summary>Multiplies a row by a number.</summary>
    public static void Scale<T>(Span<T> row, T factor)
        where T : struct, INumber<T>
    {
        foreach (ref var number in row)
        {
            number *= factor;
        }
    }
}
