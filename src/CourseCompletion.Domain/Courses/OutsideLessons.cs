using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Courses;

/// <summary>The sums of lessons that a course's definition does not have: those of a draft, and what producers report beside a definition.</summary>
/// <remarks>
/// Nothing limits how many ids producers invent, so only some are kept: those with the smallest hashes. The threshold only ever falls, so an id below it has been counted
/// since its first row and the sums of what is kept stay exact, in whichever order rows come, go and merge.
/// </remarks>
public sealed class OutsideLessons
{
    /// <summary>How many lessons are kept.</summary>
    public const int LessonsMax = 512;

    /// <summary>By lesson.</summary>
    public Dictionary<string, LessonSums> ById { get; } = new(StringComparer.Ordinal);

    /// <summary>Lessons whose hash is this or more are not counted.</summary>
    public ulong HashBelow { get; private set; } = ulong.MaxValue;

    internal void Add(LessonContribution lesson, int times)
    {
        if (KeyHash.Of(lesson.Lesson) >= HashBelow)
        {
            return;
        }

        var sums = LessonSums.In(ById, lesson.Lesson);
        sums.Add(lesson, times);
        if (sums.Started == 0)
        {
            ById.Remove(lesson.Lesson);
        }

        MakeRoom();
    }

    internal void Merge(OutsideLessons other)
    {
        Narrow(other.HashBelow);
        foreach (var (id, lesson) in other.ById)
        {
            if (KeyHash.Of(id) < HashBelow)
            {
                LessonSums.In(ById, id).Merge(lesson);
            }
        }

        MakeRoom();
    }

    internal void Clear() => ById.Clear();

    internal void Restore(ulong hashBelow) => HashBelow = hashBelow;

    private void MakeRoom()
    {
        if (ById.Count > LessonsMax)
        {
            Narrow(ById.Keys.Select(id => KeyHash.Of(id)).Order().ElementAt(LessonsMax));
        }
    }

    private void Narrow(ulong hashBelow)
    {
        if (hashBelow >= HashBelow)
        {
            return;
        }

        HashBelow = hashBelow;
        foreach (var id in ById.Keys.Where(id => KeyHash.Of(id) >= hashBelow).ToList())
        {
            ById.Remove(id);
        }
    }
}
