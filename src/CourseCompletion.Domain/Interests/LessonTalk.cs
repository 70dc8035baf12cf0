using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Interests;

/// <summary>How often and when a learner asked and commented at one lesson.</summary>
/// <remarks>A feature, no fact (decision 0036): at most <see cref="LessonsMax"/> lessons of an enrolment, the first ones at which the learner wrote.</remarks>
public sealed class LessonTalk(string lesson)
{
    /// <summary>Of how many lessons it is kept.</summary>
    public const int LessonsMax = 64;

    /// <summary>The lesson.</summary>
    public string Lesson { get; } = lesson;

    /// <summary>Questions asked.</summary>
    public long Asked { get; private set; }

    /// <summary>When the newest one was asked, in event time; 0 without any.</summary>
    public long AskedAtMs { get; private set; }

    /// <summary>Comments written.</summary>
    public long Commented { get; private set; }

    /// <summary>When the newest one was written, in event time; 0 without any.</summary>
    public long CommentedAtMs { get; private set; }

    /// <summary>Whether an event is talk at a lesson. What is likely advertisement or abuse is none.</summary>
    internal static bool IsOne(LearnerEvent e) => e.Kind is EventKind.Commented or EventKind.QuestionAsked && e.Lesson is not null && e.Note is not { IsSpam: true };

    /// <summary>By how many bytes an event may grow the snapshot.</summary>
    internal static int BytesAdded(EnrolmentState? enrolment, LearnerEvent e) =>
        IsOne(e) && (enrolment is null || (enrolment.FindTalk(e.Lesson!) is null && enrolment.Talks.Count < LessonsMax)) ? BytesOf(e.Lesson!) : 0;

    /// <summary>Folds an event that is one; tells by how many bytes the snapshot grew.</summary>
    internal static int Fold(EnrolmentState enrolment, LearnerEvent e)
    {
        var bytes = BytesAdded(enrolment, e);
        var talk = enrolment.FindTalk(e.Lesson!);
        if (talk is null && bytes > 0)
        {
            enrolment.Talks.Add(talk = new(e.Lesson!));
        }

        talk?.Add(e);
        return bytes;
    }

    internal void Write(PayloadWriter to)
    {
        to.Text(Lesson);
        to.UInt((ulong)Asked);
        to.Int(AskedAtMs);
        to.UInt((ulong)Commented);
        to.Int(CommentedAtMs);
    }

    internal static LessonTalk Read(ref PayloadReader from) =>
        new(from.Text()) { Asked = (long)from.UInt(), AskedAtMs = from.Int(), Commented = (long)from.UInt(), CommentedAtMs = from.Int() };

    private static int BytesOf(string lesson) => 28 + Encoding.UTF8.GetByteCount(lesson);

    private void Add(LearnerEvent e)
    {
        if (e.Kind == EventKind.QuestionAsked)
        {
            Asked++;
            AskedAtMs = Math.Max(AskedAtMs, e.OccurredAtMs);
        }
        else
        {
            Commented++;
            CommentedAtMs = Math.Max(CommentedAtMs, e.OccurredAtMs);
        }
    }
}
