using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion;

/// <summary>What follows from an enrolment's facts under one version of the course: kept so that an event costs the same in a course of any size.</summary>
/// <remarks>Not stored: rebuilt from the facts. All sums are of integers, so that a step-by-step sum equals one made anew.</remarks>
public sealed class DerivedProgress
{
    // Mostly one id changes between two measurings, and between events none is kept.
    private string? _touched;
    private CompactList<string> _touchedToo;
    private DerivedWork _work;
    private PlaceSet _completed;
    private LessonContribution[] _lessons = [];
    private bool _lessonsShared;

    /// <summary>The definition's version; 0 before the first.</summary>
    public long DefinitionVersion { get; private set; }

    /// <summary>Required lessons completed.</summary>
    public int CompletedRequired { get; private set; }

    /// <summary>Their weight in thousandths.</summary>
    public long CompletedWeightMilli { get; private set; }

    /// <summary>Unique milliseconds watched of lessons whose length is known, within that length.</summary>
    public long KnownUniqueMs { get; private set; }

    /// <summary>How far the learner got: the position, from 1, of the furthest lesson touched or handed in; 0 before the first.</summary>
    public int Reached { get; private set; }

    /// <summary>How much work that is due at some time was handed in.</summary>
    public int HandedIn => _work.HandedIn;

    /// <summary>By how much it was handed in before it was due, in milliseconds, summed; each piece counts at most two weeks, early or late.</summary>
    public long EarlyMs => _work.EarlyMs;

    /// <summary>How much work was handed in after it was due.</summary>
    public int Late => _work.Late;

    /// <summary>The sum of the latest scores of all assessments, in parts per million of the highest possible.</summary>
    public long LatestScoresPpm => _work.LatestScoresPpm;

    /// <summary>What each touched lesson contributes to the course, in the order of <see cref="EnrolmentState.Lessons"/>. An array handed out is never changed.</summary>
    public LessonContribution[] Lessons
    {
        get
        {
            _lessonsShared = true;
            return _lessons;
        }
    }

    /// <summary>How many of the lessons that fall due first were handed in or completed.</summary>
    /// <param name="due">How many lessons are due (<see cref="CourseDefinition.DueBy"/>).</param>
    public int HandedInOfDue(int due) => _work.HandedInOfDue(due);

    /// <summary>Notes that a lesson or assessment changed since the last measuring.</summary>
    internal void Touch(string id)
    {
        if (_touched is null)
        {
            _touched = id;
        }
        else if (_touched != id && !_touchedToo.AsSpan().Contains(id))
        {
            _touchedToo.Add(id);
        }
    }

    internal void Measure(EnrolmentState enrolment, CourseDefinition course)
    {
        if (DefinitionVersion != course.Version)
        {
            MeasureAnew(enrolment, course);
        }
        else if (_touched is not null)
        {
            MakeRoom(enrolment);
            Refresh(enrolment, course, _touched);
            foreach (var id in _touchedToo)
            {
                Refresh(enrolment, course, id);
            }
        }

        _touched = null;
        _touchedToo.Clear();
    }

    private void MeasureAnew(EnrolmentState enrolment, CourseDefinition course)
    {
        DefinitionVersion = course.Version;
        if (enrolment.Course == course.Course)
        {
            // One string for all learners of the course, instead of the one that came with the event.
            enrolment.Course = course.Course;
        }

        (_lessons, _lessonsShared) = ([], false);
        (_completed, _work) = (default, default);
        (CompletedRequired, CompletedWeightMilli, KnownUniqueMs, Reached) = (0, 0, 0, 0);
        MakeRoom(enrolment);
        foreach (var lesson in enrolment.Lessons)
        {
            Refresh(enrolment, course, lesson.Id);
        }

        foreach (var assessment in enrolment.Assessments)
        {
            Refresh(enrolment, course, assessment.Id);
        }
    }

    private void MakeRoom(EnrolmentState enrolment)
    {
        if (_lessonsShared || _lessons.Length != enrolment.Lessons.Count)
        {
            var lessons = new LessonContribution[enrolment.Lessons.Count];
            _lessons.CopyTo(lessons, 0);
            (_lessons, _lessonsShared) = (lessons, false);
        }
    }

    private void Refresh(EnrolmentState enrolment, CourseDefinition course, string id)
    {
        var definition = course.FindLesson(id, out var index);
        var at = enrolment.IndexOfLesson(id);
        var lesson = at < 0 ? null : enrolment.Lessons[at];
        var completed = definition is null ? lesson is { ReportedCompleted: true } : ProgressRules.IsCompleted(enrolment, definition);
        if (definition is not null)
        {
            Reached = Math.Max(Reached, index + 1);
            if (completed && _completed.Set(index, true))
            {
                CompletedRequired += definition.Required ? 1 : 0;
                CompletedWeightMilli += definition.Required ? definition.WeightMilli : 0;
            }
        }

        if (lesson is not null)
        {
            var lengthMs = definition?.LengthMs ?? 0;
            var uniqueMs = lengthMs > 0 ? lesson.Coverage.LengthBelow(lengthMs) : 0;
            lesson.Id = definition?.Id ?? lesson.Id; // The definition's own string, as above.
            KnownUniqueMs += uniqueMs - (_lessons[at]?.KnownUniqueMs ?? 0);
            _lessons[at] = new(
                lesson.Id,
                definition is not null,
                completed || lesson.Coverage.IntervalCount > 0,
                completed,
                uniqueMs,
                lengthMs > 0 ? lesson.Coverage.Hundredths(lengthMs) : 0,
                lengthMs > 0 ? lesson.Traces?.MarksOf(lengthMs) : null);
        }

        _work.Refresh(enrolment, id, definition?.DueAtMs, definition is null ? -1 : course.DuePlaceOf(index), completed ? lesson : null);
    }
}
