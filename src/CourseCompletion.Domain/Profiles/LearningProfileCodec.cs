using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Profiles;

/// <summary>The layout in which profiles travel between silos; they are not stored. What a later release adds stands behind everything else and is left unread.</summary>
public static class LearningProfileCodec
{
    /// <summary>Encodes a profile.</summary>
    public static byte[] Encode(LearningProfile profile)
    {
        var to = new PayloadWriter(512);
        to.Text(profile.Rhythm.TimeZone);
        Write(to, profile.Rhythm.BestHours, static (to, hour) =>
        {
            to.UInt((uint)hour.FromMinute);
            to.Double(hour.Share);
        });
        Write(to, profile.Rhythm.BestDays, static (to, day) =>
        {
            to.UInt((uint)day.Weekday);
            to.Double(day.Share);
        });
        Write(to, profile.Rhythm.TypicalGapDays);
        to.OptionalInt(profile.SessionMs);
        to.Int(profile.UniqueMs);
        to.Int(profile.RewatchedMs);
        Write(to, profile.Speed);
        to.OptionalInt(profile.Clips.LengthMs);
        Write(to, profile.Clips.Lengths, static (to, length) =>
        {
            to.Byte((byte)length.Length);
            to.UInt((uint)length.Opened);
            to.UInt((uint)length.Finished);
        });
        Write(to, profile.Clips.Formats, static (to, format) =>
        {
            to.Byte((byte)format.Kind);
            to.UInt((uint)format.Opened);
            to.UInt((uint)format.Completed);
        });
        to.Bool(profile.Contentment is not null);
        if (profile.Contentment is { } contentment)
        {
            to.Double(contentment.Recent);
            to.Double(contentment.Overall);
            to.Double(contentment.Weight);
            to.Int(contentment.Texts);
        }

        Write(to, profile.Courses, Write);
        Write(to, profile.Strengths, static (to, strength) =>
        {
            to.Text(strength.Course.Value);
            to.Text(strength.Lesson);
            to.Byte((byte)strength.Reason);
            to.Double(strength.Figure);
        });
        Write(to, profile.Gaps, static (to, gap) =>
        {
            to.Text(gap.Course.Value);
            to.Text(gap.Lesson);
            to.Byte((byte)gap.Reason);
            to.Double(gap.Figure);
            to.Double(gap.Severity);
        });
        return to.Finish();
    }

    /// <summary>Decodes a profile.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static LearningProfile Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "learning profile");
        return new()
        {
            Rhythm = new(
                from.Text(),
                ReadList(ref from, static (ref PayloadReader from) => new HourShare((int)from.UInt(), from.Double())),
                ReadList(ref from, static (ref PayloadReader from) => new WeekdayShare((int)from.UInt(), from.Double())),
                OptionalDouble(ref from)),
            SessionMs = from.OptionalInt(),
            UniqueMs = from.Int(),
            RewatchedMs = from.Int(),
            Speed = OptionalDouble(ref from),
            Clips = new(
                from.OptionalInt(),
                ReadList(ref from, static (ref PayloadReader from) => new LengthShare((ClipLength)from.Byte(), (int)from.UInt(), (int)from.UInt())),
                ReadList(ref from, static (ref PayloadReader from) => new FormatShare((LessonKind)from.Byte(), (int)from.UInt(), (int)from.UInt()))),
            Contentment = from.Bool() ? new(from.Double(), from.Double(), from.Double(), from.Int()) : null,
            Courses = ReadList(ref from, ReadRecord),
            Strengths = ReadList(ref from, static (ref PayloadReader from) =>
                new LessonStrength(new(from.Text()), from.Text(), (StrengthReason)from.Byte(), from.Double())),
            Gaps = ReadList(ref from, static (ref PayloadReader from) =>
                new LessonGap(new(from.Text()), from.Text(), (GapReason)from.Byte(), from.Double(), from.Double())),
        };
    }

    private delegate T ReadOne<T>(ref PayloadReader from);

    private static void Write<T>(PayloadWriter to, IReadOnlyList<T> items, Action<PayloadWriter, T> writeOne)
    {
        to.UInt((uint)items.Count);
        foreach (var item in items)
        {
            writeOne(to, item);
        }
    }

    private static T[] ReadList<T>(ref PayloadReader from, ReadOne<T> readOne)
    {
        var items = new T[from.Count()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = readOne(ref from);
        }

        return items;
    }

    private static void Write(PayloadWriter to, double? value)
    {
        to.Bool(value is not null);
        if (value is { } known)
        {
            to.Double(known);
        }
    }

    private static double? OptionalDouble(ref PayloadReader from) => from.Bool() ? from.Double() : null;

    private static void Write(PayloadWriter to, CourseRecord record)
    {
        to.Text(record.Course.Value);
        Write(to, record.LessonsPerWeek);
        Write(to, record.NeededPerWeek);
        to.OptionalInt(record.NeededByMs);
        to.Bool(record.CheckIns is not null);
        if (record.CheckIns is { } checkIns)
        {
            to.UInt((uint)checkIns.CurrentStreak);
            to.UInt((uint)checkIns.LongestStreak);
            to.UInt((uint)checkIns.DaysOf28);
        }

        to.UInt((uint)record.OpenQuestions);
    }

    private static CourseRecord ReadRecord(ref PayloadReader from) => new(
        new(from.Text()),
        OptionalDouble(ref from),
        OptionalDouble(ref from),
        from.OptionalInt(),
        from.Bool() ? new((int)from.UInt(), (int)from.UInt(), (int)from.UInt()) : null,
        (int)from.UInt());
}
