using CourseCompletion.Domain.Completion;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Completion;

public class PortableMathTests
{
    private const double Accuracy = 1e-13;

    [Fact]
    public void Exp2_AnyArgument_AgreesWithMath() => Gen.OneOf<double>(Gen.Double[-990, 990], Gen.Double[-2, 2], Gen.Double[-1e-8, 1e-8]).Sample(
        x => AssertRelative(Math.Pow(2, x), PortableMath.Exp2(x)), iter: 10_000);

    [Theory]
    [InlineData(-5000)]
    [InlineData(-1000.5)]
    [InlineData(double.NegativeInfinity)]
    public void Exp2_FarBelow_IsZero(double x) => Assert.Equal(0, PortableMath.Exp2(x));

    // Math.Log(1 + x) itself loses digits for small x; the series does not.
    [Fact]
    public void Log1P_AnyArgument_AgreesWithMath() => Gen.Double[-18, 300].Sample(
        exponent =>
        {
            var x = Math.Pow(10, exponent);
            var expected = x < 0.01
                ? x * (1 - (x * ((1.0 / 2) - (x * ((1.0 / 3) - (x * ((1.0 / 4) - (x * ((1.0 / 5) - (x * ((1.0 / 6) - (x / 7))))))))))))
                : Math.Log(1 + x);
            AssertRelative(expected, PortableMath.Log1P(x));
        },
        iter: 10_000);

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(-3)]
    public void Log1P_NothingToCount_IsZero(double x) => Assert.Equal(0, PortableMath.Log1P(x));

    [Fact]
    public void ExpM1_AnyArgument_UndoesLog1P() => Gen.Double[-3, 12].Sample(
        exponent =>
        {
            var x = Math.Pow(10, exponent);
            Assert.InRange(PortableMath.ExpM1(PortableMath.Log1P(x)) / x, 1 - 1e-11, 1 + 1e-11);
        },
        iter: 10_000);

    [Fact]
    public void Logistic_AnyArgument_AgreesWithMath() => Gen.Double[-690, 690].Sample(
        x => AssertRelative(1 / (1 + Math.Exp(-x)), PortableMath.Logistic(x)), iter: 10_000);

    [Fact]
    public void Logistic_FarOut_StaysAProbability()
    {
        Assert.InRange(PortableMath.Logistic(-1e9), 0, 1e-300);
        Assert.Equal(1, PortableMath.Logistic(1e9));
        Assert.Equal(0.5, PortableMath.Logistic(0));
    }

    [Fact]
    public void EveryFunction_LargerArgument_GivesNoSmallerValue() => Gen.Select(Gen.Double[-40, 40], Gen.Double[1e-10, 1]).Sample(
        (x, step) =>
        {
            Assert.True(PortableMath.Exp2(x + step) >= PortableMath.Exp2(x));
            Assert.True(PortableMath.Log1P(x + step) >= PortableMath.Log1P(x));
            Assert.True(PortableMath.ExpM1(x + step) >= PortableMath.ExpM1(x));
            Assert.True(PortableMath.Logistic(x + step) >= PortableMath.Logistic(x));
        },
        iter: 10_000);

    // Replay must give the same bits everywhere: these were computed by another program, operation by operation, and every platform has to agree to the last bit.
    [Theory]
    [InlineData(nameof(PortableMath.Exp2), -0.3, 0x3FE9FDF8BCCE533E)]
    [InlineData(nameof(PortableMath.Exp2), 0.5, 0x3FF6A09E667F3BCC)]
    [InlineData(nameof(PortableMath.Exp2), -123.456, 0x38375401A474749B)]
    [InlineData(nameof(PortableMath.Exp2), 37.9, 0x424DDB680117AB0A)]
    [InlineData(nameof(PortableMath.Log1P), 1e-6, 0x3EB0C6F713F927A9)]
    [InlineData(nameof(PortableMath.Log1P), 0.1, 0x3FB8663F793C46C6)]
    [InlineData(nameof(PortableMath.Log1P), 0.5, 0x3FD9F323ECBF984C)]
    [InlineData(nameof(PortableMath.Log1P), 12345.678, 0x4022D79FF745B2FD)]
    [InlineData(nameof(PortableMath.Log1P), 1e11, 0x4039541462195FFC)]
    [InlineData(nameof(PortableMath.ExpM1), 0.3, 0x3FD6641632306A58)]
    [InlineData(nameof(PortableMath.ExpM1), 11.7, 0x40FD6FAB7095A1DB)]
    [InlineData(nameof(PortableMath.Logistic), -2.75, 0x3FAEC3AD6AD8DC40)]
    [InlineData(nameof(PortableMath.Logistic), 0.1, 0x3FE0CCA12729AFB8)]
    [InlineData(nameof(PortableMath.Logistic), 30, 0x3FEFFFFFFFFFFCB6)]
    public void EveryFunction_FixedArguments_GiveTheSameBitsOnEveryPlatform(string function, double x, ulong bits)
    {
        var value = function switch
        {
            nameof(PortableMath.Exp2) => PortableMath.Exp2(x),
            nameof(PortableMath.Log1P) => PortableMath.Log1P(x),
            nameof(PortableMath.ExpM1) => PortableMath.ExpM1(x),
            _ => PortableMath.Logistic(x),
        };

        Assert.Equal(bits, BitConverter.DoubleToUInt64Bits(value));
    }

    private static void AssertRelative(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Accuracy * Math.Abs(expected), $"{actual:R} is not {expected:R}.");
}
