using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners;

/// <summary>The layout of an event inside a frame: kind, a mask of the optional fields that are there, then the fields.</summary>
/// <remarks>Field bits are never reused; a new field takes the next bit, so that older frames stay readable.</remarks>
public static class LearnerEventCodec
{
    private const int HasShift = 1 << 0;
    private const int HasLesson = 1 << 1;
    private const int HasSession = 1 << 2;
    private const int HasObject = 1 << 3;
    private const int HasTarget = 1 << 4;
    private const int HasPosition = 1 << 5;
    private const int HasInterval = 1 << 6;
    private const int HasSpeed = 1 << 7;
    private const int HasCount = 1 << 8;
    private const int HasValue = 1 << 9;
    private const int HasMaxValue = 1 << 10;
    private const int HasDue = 1 << 11;
    private const int HasText = 1 << 12;
    private const int HasFamily = 1 << 13;
    private const int AllKnown = (1 << 14) - 1;

    /// <summary>Writes an event.</summary>
    public static void Write(PayloadWriter to, LearnerEvent e)
    {
        var mask = (e.ClockShiftMs != 0 ? HasShift : 0)
            | (e.Lesson is not null ? HasLesson : 0)
            | (e.Session is not null ? HasSession : 0)
            | (e.ObjectId is not null ? HasObject : 0)
            | (e.TargetLearner is not null ? HasTarget : 0)
            | (e.PositionMs is not null ? HasPosition : 0)
            | (e.FromMs != 0 || e.ToMs != 0 ? HasInterval : 0)
            | (e.Speed != 0 ? HasSpeed : 0)
            | (e.Count != 0 ? HasCount : 0)
            | (e.Value != 0 ? HasValue : 0)
            | (e.MaxValue != 0 ? HasMaxValue : 0)
            | (e.DueAtMs is not null ? HasDue : 0)
            | (e.Text is not null ? HasText : 0)
            | (e.Family != 0 ? HasFamily : 0);
        to.Byte((byte)e.Kind);
        to.UInt((uint)mask);
        to.Text(e.Source);
        to.Text(e.EventId);
        to.Text(e.Course.Value);
        to.Int(e.OccurredAtMs);
        if ((mask & HasShift) != 0)
        {
            to.Int(e.ClockShiftMs);
        }

        WriteText(to, e.Lesson);
        WriteText(to, e.Session);
        WriteText(to, e.ObjectId);
        WriteText(to, e.TargetLearner);
        if (e.PositionMs is { } position)
        {
            to.Int(position);
        }

        if ((mask & HasInterval) != 0)
        {
            to.Int(e.FromMs);
            to.Int(e.ToMs);
        }

        if ((mask & HasSpeed) != 0)
        {
            to.Float(e.Speed);
        }

        if ((mask & HasCount) != 0)
        {
            to.Int(e.Count);
        }

        if ((mask & HasValue) != 0)
        {
            to.Double(e.Value);
        }

        if ((mask & HasMaxValue) != 0)
        {
            to.Double(e.MaxValue);
        }

        if (e.DueAtMs is { } due)
        {
            to.Int(due);
        }

        WriteText(to, e.Text);
        if ((mask & HasFamily) != 0)
        {
            to.Byte((byte)e.Family);
        }
    }

    /// <summary>Reads an event.</summary>
    /// <exception cref="StoreCorruptException">The bytes are not an event of this or an earlier release.</exception>
    public static LearnerEvent Read(ref PayloadReader from)
    {
        var kind = (EventKind)from.Byte();
        var mask = (int)from.UInt();
        if ((mask & ~AllKnown) != 0)
        {
            throw new StoreCorruptException("A stored event has fields that this release does not know: run the release that wrote it, or a newer one.");
        }

        // An object initializer runs in the order written, which is the order of the layout.
        return new LearnerEvent
        {
            Kind = kind,
            Source = from.Text(),
            EventId = from.Text(),
            Course = new CourseId(from.Text()),
            OccurredAtMs = from.Int(),
            ClockShiftMs = (mask & HasShift) != 0 ? from.Int() : 0,
            Lesson = (mask & HasLesson) != 0 ? from.Text() : null,
            Session = (mask & HasSession) != 0 ? from.Text() : null,
            ObjectId = (mask & HasObject) != 0 ? from.Text() : null,
            TargetLearner = (mask & HasTarget) != 0 ? from.Text() : null,
            PositionMs = (mask & HasPosition) != 0 ? from.Int() : null,
            FromMs = (mask & HasInterval) != 0 ? from.Int() : 0,
            ToMs = (mask & HasInterval) != 0 ? from.Int() : 0,
            Speed = (mask & HasSpeed) != 0 ? from.Float() : 0,
            Count = (mask & HasCount) != 0 ? from.Int() : 0,
            Value = (mask & HasValue) != 0 ? from.Double() : 0,
            MaxValue = (mask & HasMaxValue) != 0 ? from.Double() : 0,
            DueAtMs = (mask & HasDue) != 0 ? from.Int() : null,
            Text = (mask & HasText) != 0 ? from.Text() : null,
            Family = (mask & HasFamily) != 0 ? (ActivityFamily)from.Byte() : 0,
        };
    }

    private static void WriteText(PayloadWriter to, string? text)
    {
        if (text is not null)
        {
            to.Text(text);
        }
    }
}
