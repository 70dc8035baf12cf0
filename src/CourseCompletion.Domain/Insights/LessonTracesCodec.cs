using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Insights;

/// <summary>The layout of all traces of a learner at the end of a snapshot: by the places of enrolments and lessons.</summary>
internal static class LessonTracesCodec
{
    public static bool HasAny(LearnerState state)
    {
        foreach (var enrolment in state.Enrolments)
        {
            foreach (var lesson in enrolment.Lessons)
            {
                if (lesson.Traces is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    public static void Write(PayloadWriter to, LearnerState state)
    {
        for (var i = 0; i < state.Enrolments.Count; i++)
        {
            var lessons = state.Enrolments[i].Lessons;
            for (var j = 0; j < lessons.Count; j++)
            {
                if (lessons[j].Traces is { } traces)
                {
                    to.UInt((uint)i + 1);
                    to.UInt((uint)j);
                    traces.Write(to);
                }
            }
        }

        to.UInt(0);
    }

    public static void Read(ref PayloadReader from, LearnerState state)
    {
        while (from.UInt() is var enrolment and > 0)
        {
            state.Enrolments[(int)enrolment - 1].Lessons[(int)from.UInt()].Traces = LessonTraces.Read(ref from);
        }
    }
}
