using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>What the ratings in a course add up to. Exact, as all sums over a roster.</summary>
public sealed class RatingSums
{
    /// <summary>Of the course itself.</summary>
    public StarCounts Course { get; private set; }

    /// <summary>Whether learners would recommend it.</summary>
    public NetPromoter Recommend { get; private set; }

    /// <summary>By lesson.</summary>
    public Dictionary<string, StarCounts> Lessons { get; } = new(StringComparer.Ordinal);

    internal void Add(RosterRatings ratings, int times)
    {
        Course = ratings.CourseMilli is { } milli ? Course.With(milli, times) : Course;
        Recommend = ratings.RecommendMilli is { } answer ? Recommend.Plus(NetPromoter.Of(answer), times) : Recommend;
        foreach (var lesson in ratings.Lessons)
        {
            Put(lesson.Lesson, Lessons.GetValueOrDefault(lesson.Lesson).With(lesson.Milli, times));
        }
    }

    internal void Merge(RatingSums other)
    {
        Course = Course.Plus(other.Course, 1);
        Recommend = Recommend.Plus(other.Recommend, 1);
        foreach (var (id, lesson) in other.Lessons)
        {
            Put(id, Lessons.GetValueOrDefault(id).Plus(lesson, 1));
        }
    }

    internal void Write(PayloadWriter to)
    {
        Course.Write(to);
        Recommend.Write(to);
        to.UInt((uint)Lessons.Count);
        foreach (var (id, lesson) in Lessons)
        {
            to.Text(id);
            lesson.Write(to);
        }
    }

    internal static RatingSums Read(ref PayloadReader from)
    {
        var sums = new RatingSums { Course = StarCounts.Read(ref from), Recommend = NetPromoter.Read(ref from) };
        for (var left = from.Count(); left > 0; left--)
        {
            sums.Lessons.Add(from.Text(), StarCounts.Read(ref from));
        }

        return sums;
    }

    private void Put(string lesson, in StarCounts stars)
    {
        if (stars.Learners == 0)
        {
            Lessons.Remove(lesson);
        }
        else
        {
            Lessons[lesson] = stars;
        }
    }
}
