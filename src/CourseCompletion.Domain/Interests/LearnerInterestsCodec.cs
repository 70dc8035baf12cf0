using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Interests;

/// <summary>The layout of what a learner's interests need in a snapshot: an addition, left out by a learner without any.</summary>
internal static class LearnerInterestsCodec
{
    /// <summary>Whether there is something to write.</summary>
    public static bool HasAny(LearnerState state)
    {
        var has = state.InterestCorrections.Count > 0;
        foreach (var enrolment in state.Enrolments)
        {
            has |= HasAny(enrolment);
        }

        return has;
    }

    public static void Write(PayloadWriter to, LearnerState state)
    {
        to.UInt((uint)state.InterestCorrections.Count);
        foreach (var correction in state.InterestCorrections)
        {
            correction.Write(to);
        }

        for (var i = 0; i < state.Enrolments.Count; i++)
        {
            if (HasAny(state.Enrolments[i]))
            {
                to.UInt((uint)i + 1);
                Write(to, state.Enrolments[i]);
            }
        }

        to.UInt(0);
    }

    public static void Read(ref PayloadReader from, LearnerState state)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            state.InterestCorrections.Add(InterestCorrection.Read(ref from));
        }

        while (from.UInt() is var at and > 0)
        {
            var enrolment = state.Enrolments[(int)at - 1];
            for (var left = from.Count(); left > 0; left--)
            {
                var lesson = enrolment.Lessons[(int)from.UInt()];
                lesson.LastAtMs = lesson.FirstAtMs + (long)from.UInt();
            }

            for (var left = from.Count(); left > 0; left--)
            {
                enrolment.Talks.Add(LessonTalk.Read(ref from));
            }
        }
    }

    private static bool HasAny(EnrolmentState enrolment)
    {
        var has = enrolment.Talks.Count > 0;
        foreach (var lesson in enrolment.Lessons)
        {
            has |= lesson.IsTouchedAgain;
        }

        return has;
    }

    private static void Write(PayloadWriter to, EnrolmentState enrolment)
    {
        to.UInt((uint)enrolment.Lessons.Count(lesson => lesson.IsTouchedAgain));
        for (var i = 0; i < enrolment.Lessons.Count; i++)
        {
            if (enrolment.Lessons[i] is { IsTouchedAgain: true } lesson)
            {
                to.UInt((uint)i);
                to.UInt((ulong)(lesson.LastAtMs - lesson.FirstAtMs));
            }
        }

        to.UInt((uint)enrolment.Talks.Count);
        foreach (var talk in enrolment.Talks)
        {
            talk.Write(to);
        }
    }
}
