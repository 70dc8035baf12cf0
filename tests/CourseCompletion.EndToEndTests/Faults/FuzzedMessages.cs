using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Makes messages of any type that are half right, and damages their bytes.</summary>
internal sealed class FuzzedMessages(Random random)
{
    private const int DepthMax = 5;

    private static readonly string[] _texts =
    [
        "", "a", "ada", "algebra", "lesson-1", "faults", "2026-01-31", "Europe/Berlin", "25:61", "../../etc/passwd", "%00", "\0", "\u0085", "\U0001F600", "null", "{}", "'; DROP TABLE rows; --",
        new('x', 128), new('x', 129), new('y', 5_000), "AAAAAAAAAAAAAAAAAAAAAA", "coursecompletion/api", "0123456789abcdef0123456789abcdef",
    ];

    private static readonly double[] _numbers = [0, 1, -1, 0.5, 10, 900, 1e9, -1e-300, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    private static readonly long[] _integers = [0, 1, -1, 2, 7, 100, 1_000, 1_001, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1_790_000_000, 4_102_444_800];

    /// <summary>A message in which every field is absent, right, or out of its range.</summary>
    public IMessage Make(MessageDescriptor descriptor, int depth = 0)
    {
        var message = descriptor.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            if (random.Next(4) == 0 || (depth >= DepthMax && field.FieldType == FieldType.Message))
                continue;
            if (field.IsMap)
                continue;
            if (field.IsRepeated)
                Fill((IList)field.Accessor.GetValue(message), field, depth);
            else
                field.Accessor.SetValue(message, ValueOf(field, depth));
        }

        return message;
    }

    /// <summary>The bytes with a few damages.</summary>
    public byte[] Damage(byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (var times = random.Next(1, 5); times > 0 && damaged.Count > 0; times--)
        {
            var (at, length) = (random.Next(damaged.Count), random.Next(1, 9));
            switch (random.Next(6))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.RemoveRange(at, Math.Min(length, damaged.Count - at));
                    break;
                case 3:
                    damaged.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)));
                    break;
                case 4:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(length * 8, damaged.Count - at)));
                    break;
                default:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
            }
        }

        return [.. damaged];
    }

    public string Text() => _texts[random.Next(_texts.Length)];

    private void Fill(IList list, FieldDescriptor field, int depth)
    {
        for (var count = random.Next(4); count > 0; count--)
            list.Add(ValueOf(field, depth));
    }

    private object ValueOf(FieldDescriptor field, int depth)
    {
        var integer = _integers[random.Next(_integers.Length)];
        return field.FieldType switch
        {
            FieldType.Message or FieldType.Group => Make(field.MessageType, depth + 1),
            FieldType.String => Text(),
            FieldType.Bytes => ByteString.CopyFrom(new byte[random.Next(64)]),
            FieldType.Bool => random.Next(2) == 0,
            FieldType.Double => _numbers[random.Next(_numbers.Length)],
            FieldType.Float => (float)_numbers[random.Next(_numbers.Length)],
            FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(4) == 0 ? unchecked((int)integer) : random.Next(field.EnumType.Values.Count + 1)),
            FieldType.UInt64 or FieldType.Fixed64 => unchecked((ulong)integer),
            FieldType.UInt32 or FieldType.Fixed32 => unchecked((uint)integer),
            FieldType.Int64 or FieldType.SFixed64 or FieldType.SInt64 => integer,
            _ => unchecked((int)integer),
        };
    }
}
