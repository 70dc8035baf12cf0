using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>What one learner's ratings contribute to a course: the newest of each thing, in thousandths of a star.</summary>
/// <param name="CourseMilli">Of the course itself; null without.</param>
/// <param name="RecommendMilli">The answer to whether the learner would recommend it, 0 to 10,000; null without.</param>
/// <param name="Lessons">Of lessons of the definition, at most <see cref="LessonsMax"/>: of more, those rated first.</param>
public sealed record RosterRatings(int? CourseMilli, int? RecommendMilli, LessonRating[] Lessons)
{
    /// <summary>How many lessons a row tells apart.</summary>
    public const int LessonsMax = 64;

    /// <summary>Those of an enrolment; null when nothing is rated.</summary>
    public static RosterRatings? From(EnrolmentState enrolment, CourseDefinition course)
    {
        int? courseMilli = null, recommendMilli = null;
        List<LessonRating>? lessons = null;
        foreach (var reaction in enrolment.Reactions)
        {
            if (!reaction.IsRated)
            {
                continue;
            }

            if (reaction.Id.Length == 0)
            {
                courseMilli = reaction.StarsMilli;
            }
            else if (reaction.Id == NetPromoter.ObjectId)
            {
                recommendMilli = reaction.StarsMilli;
            }
            else if (course.FindLesson(reaction.Id) is not null && (lessons is null || lessons.Count < LessonsMax))
            {
                (lessons ??= []).Add(new(reaction.Id, reaction.StarsMilli));
            }
        }

        return courseMilli is null && recommendMilli is null && lessons is null ? null : new(courseMilli, recommendMilli, lessons is null ? [] : [.. lessons]);
    }

    internal void Write(PayloadWriter to)
    {
        to.OptionalInt(CourseMilli);
        to.OptionalInt(RecommendMilli);
        to.UInt((uint)Lessons.Length);
        foreach (var lesson in Lessons)
        {
            to.Text(lesson.Lesson);
            to.Int(lesson.Milli);
        }
    }

    internal static RosterRatings Read(ref PayloadReader from)
    {
        var (course, recommend) = ((int?)from.OptionalInt(), (int?)from.OptionalInt());
        var lessons = new LessonRating[from.Count()];
        foreach (ref var lesson in lessons.AsSpan())
        {
            lesson = new(from.Text(), (int)from.Int());
        }

        return new(course, recommend, lessons);
    }
}

/// <summary>One learner's newest rating of one lesson.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Milli">Thousandths of a star, 1,000 to 5,000.</param>
public readonly record struct LessonRating(string Lesson, int Milli);
