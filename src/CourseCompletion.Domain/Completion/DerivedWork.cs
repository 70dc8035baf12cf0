using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion;

/// <summary>The work side of <see cref="DerivedProgress"/>: what was handed in, what of it late, and with which scores.</summary>
internal struct DerivedWork
{
    private const int EarlyMsMax = 14 * (int)LearnerTime.DayMs;

    // By place in the order in which the course's lessons fall due.
    private PlaceSet _handedIn;
    private PlaceSet _late;
    private int[]? _earlyMs;

    // By place in the enrolment's assessments; scores in parts per million.
    private PlaceSet _lateElsewhere;
    private int[]? _scoresPpm;

    /// <summary>How much was handed in after it was due, by the course's definition or, where that says nothing, by the producer's word.</summary>
    public int Late { get; private set; }

    /// <summary>How much of what the course's definition wants was handed in.</summary>
    public int HandedIn { get; private set; }

    /// <summary>By how much before it was due, summed.</summary>
    public long EarlyMs { get; private set; }

    /// <summary>The sum of the latest scores, in parts per million.</summary>
    public long LatestScoresPpm { get; private set; }

    public readonly int HandedInOfDue(int due) => _handedIn.CountBelow(due);

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
                HandedIn += _handedIn.Set(duePlace, true) ? 1 : 0;
                NoteEarly(duePlace, (int)Math.Clamp(due - atMs, -EarlyMsMax, EarlyMsMax));
            }

            Note(ref _late, duePlace, handedInAtMs > due);
        }

        if (assessment is null)
        {
            return;
        }

        if (_scoresPpm is null || at >= _scoresPpm.Length)
        {
            Array.Resize(ref _scoresPpm, Math.Max(enrolment.Assessments.Count, 2 * (_scoresPpm?.Length ?? 0)));
        }

        LatestScoresPpm += assessment.LatestScorePpm - _scoresPpm[at];
        _scoresPpm[at] = assessment.LatestScorePpm;
        Note(ref _lateElsewhere, at, dueAtMs is null && assessment.DueAtMs != 0 && assessment.FirstAtMs > assessment.DueAtMs);
    }

    private void NoteEarly(int place, int earlyMs)
    {
        if (_earlyMs is null || place >= _earlyMs.Length)
        {
            Array.Resize(ref _earlyMs, Math.Max(place + 1, 2 * (_earlyMs?.Length ?? 0)));
        }

        EarlyMs += earlyMs - _earlyMs[place];
        _earlyMs[place] = earlyMs;
    }

    // An earlier submission that arrives later takes lateness back.
    private void Note(ref PlaceSet late, int place, bool isLate)
    {
        if (late.Set(place, isLate))
        {
            Late += isLate ? 1 : -1;
        }
    }
}
