using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>The layout of what snapshots and frames hold for recommendations.</summary>
internal static class LearnerTasteCodec
{
    /// <summary>Appends what a state remembers.</summary>
    public static void Write(PayloadWriter to, LearnerTaste taste)
    {
        to.UInt((uint)taste.Order.Count);
        foreach (var place in taste.Order)
        {
            to.Byte(place);
        }

        to.UInt((uint)taste.Dismissed.Count);
        foreach (var dismissed in taste.Dismissed)
        {
            to.Fixed64(dismissed.CourseHash);
            to.Byte((byte)dismissed.Reason);
        }

        to.UInt((uint)taste.Shown.Count);
        foreach (var shown in taste.Shown)
        {
            to.Byte(shown.Enrolment);
            to.Byte(shown.Count);
            to.Int(shown.SinceMs);
        }
    }

    /// <summary>Reads it back.</summary>
    public static LearnerTaste Read(ref PayloadReader from)
    {
        var taste = new LearnerTaste();
        for (var left = from.Count(); left > 0; left--)
        {
            taste.Order.Add(from.Byte());
        }

        for (var left = from.Count(); left > 0; left--)
        {
            taste.Dismissed.Add(new(from.Fixed64(), (DismissalReason)from.Byte()));
        }

        for (var left = from.Count(); left > 0; left--)
        {
            taste.Shown.Add(new(from.Byte(), from.Byte(), from.Int()));
        }

        return taste;
    }

    /// <summary>Appends the order of completions: an addition of its own, for it came later than the rest.</summary>
    public static void WriteCompletions(PayloadWriter to, LearnerTaste taste)
    {
        to.UInt((uint)taste.Completions.Count);
        foreach (var place in taste.Completions)
        {
            to.Byte(place);
        }
    }

    /// <summary>Reads it back.</summary>
    public static void ReadCompletions(ref PayloadReader from, LearnerTaste taste)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            taste.Completions.Add(from.Byte());
        }
    }

    /// <summary>Appends what a frame says.</summary>
    public static void Write(PayloadWriter to, IReadOnlyList<CourseDismissal> dismissals)
    {
        to.UInt((uint)dismissals.Count);
        foreach (var dismissal in dismissals)
        {
            to.Text(dismissal.Course.Value);
            to.Byte((byte)dismissal.Reason);
        }
    }

    /// <summary>Reads what a frame says.</summary>
    public static CourseDismissal[] ReadDismissals(ref PayloadReader from)
    {
        var dismissals = new CourseDismissal[from.Count()];
        for (var i = 0; i < dismissals.Length; i++)
        {
            dismissals[i] = new(new CourseId(from.Text()), (DismissalReason)from.Byte());
        }

        return dismissals;
    }
}
