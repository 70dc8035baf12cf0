namespace CourseCompletion.Domain.Completion;

/// <summary>Functions that give the same bits on every machine: built from IEEE 754 additions, multiplications and divisions only.</summary>
/// <remarks>The runtime's <see cref="Math"/> calls the platform's own library, whose last bit differs between platforms; replay must not.</remarks>
public static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417;

    /// <summary>2 to the power of <paramref name="x"/>; relative error below 1e-14; 0 below -1000.</summary>
    public static double Exp2(double x)
    {
        if (x < -1000)
        {
            return 0;
        }

        var whole = Math.Floor(x + 0.5);
        var y = (x - whole) * Ln2;
        // Taylor series of e^y for |y| <= ln(2)/2; the first term left out is below 1e-17.
        var sum = 1 + (y * (1 + (y / 2 * (1 + (y / 3 * (1 + (y / 4 * (1 + (y / 5 * (1 + (y / 6 * (1 + (y / 7 * (1 + (y / 8
            * (1 + (y / 9 * (1 + (y / 10 * (1 + (y / 11 * (1 + (y / 12 * (1 + (y / 13)))))))))))))))))))))))));
        return Math.ScaleB(sum, (int)whole);
    }

    /// <summary>The natural logarithm of 1 + <paramref name="x"/> for x of 0 or more; relative error below 1e-14.</summary>
    public static double Log1P(double x)
    {
        if (x <= 0)
        {
            return 0;
        }

        if (x < 0.4142135623730951)
        {
            // 1 + x would round away the digits of a small x.
            return 2 * Artanh(x / (2 + x));
        }

        var bits = BitConverter.DoubleToInt64Bits(1 + x);
        var exponent = (int)((bits >> 52) & 0x7FF) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln m = 2 artanh((m - 1) / (m + 1)).
        return (exponent * Ln2) + (2 * Artanh((mantissa - 1) / (mantissa + 1)));
    }

    /// <summary>e to the power of <paramref name="x"/> minus 1.</summary>
    public static double ExpM1(double x) => Exp2(x / Ln2) - 1;

    /// <summary>The logistic function 1 / (1 + e^-x).</summary>
    public static double Logistic(double x) => 1 / (1 + Exp2(Math.Clamp(-x, -700, 700) / Ln2));

    /// <summary>The logit ln(p / (1 - p)) of a probability, which is taken for one from 1e-7 to 1 - 1e-7.</summary>
    public static double Logit(double p)
    {
        var inside = Math.Clamp(p, 1e-7, 1 - 1e-7);
        var odds = inside / (1 - inside);
        return odds >= 1 ? Log1P(odds - 1) : -Log1P((1 / odds) - 1);
    }

    // For |z| <= 0.172; the first term left out is below 1e-15 of the first.
    private static double Artanh(double z)
    {
        var q = z * z;
        return z * (1 + (q * ((1.0 / 3) + (q * ((1.0 / 5) + (q * ((1.0 / 7) + (q * ((1.0 / 9) + (q * ((1.0 / 11) + (q * ((1.0 / 13)
            + (q * ((1.0 / 15) + (q * (1.0 / 17)))))))))))))))));
    }
}
