using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Stores;

public class PayloadReaderTests
{
    private static readonly Gen<object> _value = Gen.OneOf<object>(
        Gen.Bool.Select(v => (object)v),
        Gen.Byte.Select(v => (object)v),
        Gen.OneOf<ulong>(Gen.ULong, Gen.OneOf<ulong>(0, 0x7F, 0x80, ulong.MaxValue)).Select(v => (object)v),
        Gen.OneOf<long>(Gen.Long, Gen.OneOf<long>(0, -1, long.MinValue, long.MaxValue)).Select(v => (object)v),
        Gen.UInt128.Select(v => (object)v),
        Gen.Float.Select(v => (object)v),
        Gen.Double.Select(v => (object)v),
        Gen.OneOf<string>(Gen.Const(""), LearnerEventGen.Id, LearnerEventGen.Text, Gen.String[Gen.Char['\u4e00', '\u9fff'], 40, 45]).Select(v => (object)v));

    [Fact]
    public void Read_AnyValuesWritten_GivesThemBack() => _value.Array[0, 30].Sample(values =>
    {
        var from = PayloadReader.Open(Written(values), "test");
        foreach (var value in values)
        {
            Assert.Equal(value, Read(ref from, value));
        }

        Assert.True(from.IsAtEnd);
    });

    [Fact]
    public void Read_BeyondTheEnd_Throws() => _value.Array[0, 5].Select(_value).Sample((values, more) =>
        Assert.Throws<StoreCorruptException>(() =>
        {
            var from = PayloadReader.Open(Written(values), "test");
            foreach (var value in values)
            {
                Read(ref from, value);
            }

            Read(ref from, more);
        }));

    [Fact]
    public void Open_AnyDamage_Throws() => _value.Array[0, 10].Sample(
        values => StoredBytes.AssertEveryDamageIsNoticed(Written(values), damaged => PayloadReader.Open(damaged, "test")), iter: 20);

    [Fact]
    public void Count_MoreThanIsLeft_Throws()
    {
        var to = new PayloadWriter();
        to.UInt(3);
        to.Byte(1);
        var payload = to.Finish();

        Assert.Throws<StoreCorruptException>(() => PayloadReader.Open(payload, "test").Count());
    }

    [Fact]
    public void UInt_LongerThan64Bits_Throws()
    {
        var to = new PayloadWriter();
        to.Fixed64(ulong.MaxValue);
        to.Fixed64(ulong.MaxValue);
        var payload = to.Finish();

        Assert.Throws<StoreCorruptException>(() => PayloadReader.Open(payload, "test").UInt());
    }

    [Fact]
    public void Clear_WriterUsedAgain_WritesTheSame()
    {
        var to = new PayloadWriter(1);
        to.Text("something longer than the room to begin with");
        to.Clear();
        to.Int(-5);

        Assert.Equal(Written([-5L]), to.Finish());
    }

    private static byte[] Written(object[] values)
    {
        var to = new PayloadWriter(1);
        foreach (var value in values)
        {
            Write(to, value);
        }

        return to.Finish();
    }

    private static void Write(PayloadWriter to, object value)
    {
        switch (value)
        {
            case bool v:
                to.Bool(v);
                break;
            case byte v:
                to.Byte(v);
                break;
            case ulong v:
                to.UInt(v);
                to.Fixed64(v);
                break;
            case long v:
                to.Int(v);
                break;
            case UInt128 v:
                to.Fixed128(v);
                break;
            case float v:
                to.Float(v);
                break;
            case double v:
                to.Double(v);
                break;
            case string v:
                to.Text(v);
                break;
        }
    }

    private static object Read(ref PayloadReader from, object like) => like switch
    {
        bool => from.Bool(),
        byte => from.Byte(),
        ulong => from.UInt() is var varying && from.Fixed64() is var @fixed && varying == @fixed ? varying : "two different values",
        long => from.Int(),
        UInt128 => from.Fixed128(),
        float => from.Float(),
        double => from.Double(),
        _ => from.Text(),
    };
}
