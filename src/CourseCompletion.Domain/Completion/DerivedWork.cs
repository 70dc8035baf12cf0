using System.Numerics;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion;

/// <summary>The work side of <see cref="DerivedProgress"/>: what was handed in, what of it late, and with which scores.</summary>
internal sealed class DerivedWork
{
    // By place in the order in which the course's lessons fall due, and by place in the enrolment's assessments.
    private const long EarlyMsMax = 14 * LearnerTime.DayMs;

    private long[] _earlyMs = [];
    private ulong[] _handedIn = [];
    private ulong[] _late = [];
    private ulong[] _lateElsewhere = [];
    private int[] _scoresPpm = [];

    /// <summary>How much was handed in after it was due, by the course's definition or, where that says nothing, by the producer's word.</summary>
    public int Late { get; private set; }

    /// <summary>How much of what the course's definition wants was handed in.</summary>
    public int HandedIn { get; private set; }

    /// <summary>By how much before it was due, summed.</summary>
    public long EarlyMs { get; private set; }

    /// <summary>The sum of the latest scores, in parts per million.</summary>
    public long LatestScoresPpm { get; private set; }

    public int HandedInOfDue(int due)
    {
        var count = 0;
        for (var place = 0; place < due; place += 64)
        {
            count += BitOperations.PopCount(due - place >= 64 ? _handedIn[place >> 6] : _handedIn[place >> 6] & ((1UL << (due - place)) - 1));
        }

        return count;
    }

    public void Restart(CourseDefinition course)
    {
        var words = (course.DueLessons + 63) / 64;
        (_handedIn, _late, _lateElsewhere, _scoresPpm) = (new ulong[words], new ulong[words], [], []);
        _earlyMs = new long[course.DueLessons];
        (Late, LatestScoresPpm, HandedIn, EarlyMs) = (0, 0, 0, 0);
    }

    /// <summary>Takes over what changed for one id.</summary>
    /// <param name="enrolment">The enrolment.</param>
    /// <param name="id">The lesson or assessment.</param>
    /// <param name="dueAtMs">When the course's definition wants it, or null.</param>
    /// <param name="duePlace">Its place among what is due, or -1.</param>
    /// <param name="completed">The lesson's facts when it is completed, else null.</param>
    public void Refresh(EnrolmentState enrolment, string id, long? dueAtMs, int duePlace, LessonState? completed)
    {
        var at = enrolment.IndexOfAssessment(id);
        var assessment = at < 0 ? null : enrolment.Assessments[at];
        if (dueAtMs is { } due)
        {
            // When a video was watched enough is not known; it was surely late when it was begun late. Looking again later is not handing in late.
            var handedInAtMs = assessment?.FirstAtMs ?? (completed is null ? null : completed.ReportedCompleted ? completed.ReportedAtMs : completed.FirstAtMs);
            if (handedInAtMs is { } atMs)
            {
                var bit = 1UL << (duePlace & 63);
                HandedIn += (_handedIn[duePlace >> 6] & bit) == 0 ? 1 : 0;
                _handedIn[duePlace >> 6] |= bit;
                var earlyMs = Math.Clamp(due - atMs, -EarlyMsMax, EarlyMsMax);
                EarlyMs += earlyMs - _earlyMs[duePlace];
                _earlyMs[duePlace] = earlyMs;
            }

            Note(_late, duePlace, handedInAtMs > due);
        }

        if (assessment is null)
        {
            return;
        }

        if (at >= _scoresPpm.Length)
        {
            Array.Resize(ref _scoresPpm, Math.Max(4, enrolment.Assessments.Count));
            Array.Resize(ref _lateElsewhere, (_scoresPpm.Length + 63) / 64);
        }

        LatestScoresPpm += assessment.LatestScorePpm - _scoresPpm[at];
        _scoresPpm[at] = assessment.LatestScorePpm;
        Note(_lateElsewhere, at, dueAtMs is null && assessment.DueAtMs != 0 && assessment.FirstAtMs > assessment.DueAtMs);
    }

    // An earlier submission that arrives later takes lateness back.
    private void Note(ulong[] late, int place, bool isLate)
    {
        var bit = 1UL << (place & 63);
        if (((late[place >> 6] & bit) != 0) != isLate)
        {
            late[place >> 6] ^= bit;
            Late += isLate ? 1 : -1;
        }
    }
}
