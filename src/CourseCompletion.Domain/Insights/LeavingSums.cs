using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Insights;

/// <summary>At which lessons of a course learners left, and who went on from there.</summary>
/// <remarks>
/// Who withdrew has left, and so has who has not completed and was silent for long or until after the course's end: at the furthest lesson started, by the definition's order.
/// From the last lesson there is nowhere to go on to: whoever finished it has not left there, whatever is missing elsewhere. Who is still at a lesson has done neither and counts for the lessons before it only.
/// </remarks>
public sealed class LeavingSums
{
    /// <summary>By lesson of the definition.</summary>
    public Dictionary<string, LessonLeaving> Lessons { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a learner.</summary>
    /// <param name="row">The learner's row.</param>
    /// <param name="probability">The completion probability as of the instant.</param>
    /// <param name="course">The definition that the row was made with.</param>
    /// <param name="asOfMs">The instant as of which silence is judged.</param>
    /// <param name="policy">The numbers.</param>
    public void Add(RosterRow row, double probability, CourseDefinition course, long asOfMs, InsightPolicy policy)
    {
        if (row.Status == EnrolmentStatus.Prospect)
        {
            return;
        }

        var furthest = -1;
        LessonContribution? last = null;
        foreach (var lesson in row.Lessons)
        {
            if (lesson is { Started: true } && course.FindLesson(lesson.Lesson, out var index) is not null && index > furthest)
            {
                (furthest, last) = (index, lesson);
            }
        }

        var stratum = LessonLeaving.StratumOf(row.ActiveMask);
        foreach (var lesson in row.Lessons)
        {
            if (lesson is not { Started: true } || course.FindLesson(lesson.Lesson, out var index) is null)
            {
                continue;
            }

            if (index < furthest || row.Status == EnrolmentStatus.Completed || (index == course.Lessons.Count - 1 && lesson.Completed))
            {
                var passed = In(lesson.Lesson);
                passed.Passed[stratum]++;
                passed.PassedProbability[stratum] += probability;
            }
            else if (HasLeft(row, course, asOfMs, policy))
            {
                var left = In(lesson.Lesson);
                left.Left[stratum]++;
                left.LeftProbability[stratum] += probability;
                left.LeftAt[PositionOf(last!.Reached)]++;
            }
        }
    }

    /// <summary>Adds another shard's sums.</summary>
    public void Merge(LeavingSums other)
    {
        foreach (var (id, lesson) in other.Lessons)
        {
            In(id).Merge(lesson);
        }
    }

    /// <summary>Encodes the sums, for the way between silos.</summary>
    public byte[] Encode()
    {
        var to = new PayloadWriter(64 + (Lessons.Count * 192));
        to.UInt((uint)Lessons.Count);
        foreach (var (id, lesson) in Lessons)
        {
            to.Text(id);
            lesson.Write(to);
        }

        return to.Finish();
    }

    /// <summary>Decodes sums.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static LeavingSums Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "sums of leaving");
        var sums = new LeavingSums();
        for (var left = from.Count(); left > 0; left--)
        {
            sums.Lessons.Add(from.Text(), LessonLeaving.Read(ref from));
        }

        return sums;
    }

    private static bool HasLeft(RosterRow row, CourseDefinition course, long asOfMs, InsightPolicy policy) =>
        row.Status == EnrolmentStatus.Withdrawn
        || (row.Status == EnrolmentStatus.Active && (asOfMs - row.LastActivityAtMs >= policy.SilentMs || asOfMs >= course.EndsAtMs));

    private static int PositionOf(UInt128 reached) => reached == 0 ? 0 : 127 - (int)UInt128.LeadingZeroCount(reached);

    private LessonLeaving In(string id)
    {
        if (!Lessons.TryGetValue(id, out var lesson))
        {
            Lessons.Add(id, lesson = new());
        }

        return lesson;
    }
}
