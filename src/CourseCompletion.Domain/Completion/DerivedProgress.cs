using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion;

/// <summary>What follows from an enrolment's facts under one version of the course: kept so that an event costs the same in a course of any size.</summary>
/// <remarks>Not stored: rebuilt from the facts. All sums are of integers, so that a step-by-step sum equals one made anew.</remarks>
public sealed class DerivedProgress
{
    private readonly List<string> _touched = [];
    private ulong[] _completed = [];
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

    /// <summary>What each touched lesson contributes to the course, in the order of <see cref="EnrolmentState.Lessons"/>. An array handed out is never changed.</summary>
    public LessonContribution[] Lessons
    {
        get
        {
            _lessonsShared = true;
            return _lessons;
        }
    }

    /// <summary>Notes that a lesson or assessment changed since the last measuring.</summary>
    internal void Touch(string id)
    {
        if (!_touched.Contains(id))
        {
            _touched.Add(id);
        }
    }

    internal void Measure(EnrolmentState enrolment, CourseDefinition course)
    {
        if (DefinitionVersion != course.Version)
        {
            Restart(enrolment, course);
        }

        if (_touched.Count == 0)
        {
            return;
        }

        if (_lessonsShared || _lessons.Length != enrolment.Lessons.Count)
        {
            var lessons = new LessonContribution[enrolment.Lessons.Count];
            _lessons.CopyTo(lessons, 0);
            (_lessons, _lessonsShared) = (lessons, false);
        }

        foreach (var id in _touched)
        {
            Refresh(enrolment, course, id);
        }

        _touched.Clear();
    }

    private void Restart(EnrolmentState enrolment, CourseDefinition course)
    {
        DefinitionVersion = course.Version;
        (_lessons, _lessonsShared) = ([], false);
        _completed = new ulong[(course.Lessons.Count + 63) / 64];
        (CompletedRequired, CompletedWeightMilli, KnownUniqueMs, Reached) = (0, 0, 0, 0);
        _touched.Clear();
        foreach (var lesson in enrolment.Lessons)
        {
            _touched.Add(lesson.Id);
        }

        foreach (var assessment in enrolment.Assessments)
        {
            Touch(assessment.Id);
        }
    }

    private void Refresh(EnrolmentState enrolment, CourseDefinition course, string id)
    {
        var definition = course.FindLesson(id, out var index);
        var completed = definition is null
            ? enrolment.FindLesson(id) is { ReportedCompleted: true }
            : ProgressRules.IsCompleted(enrolment, definition);
        if (completed && definition is not null && (_completed[index >> 6] & (1UL << (index & 63))) == 0)
        {
            _completed[index >> 6] |= 1UL << (index & 63);
            CompletedRequired += definition.Required ? 1 : 0;
            CompletedWeightMilli += definition.Required ? definition.WeightMilli : 0;
        }

        if (definition is not null)
        {
            Reached = Math.Max(Reached, index + 1);
        }

        var at = enrolment.Lessons.FindLastIndex(l => l.Id == id);
        if (at >= 0)
        {
            var coverage = enrolment.Lessons[at].Coverage;
            var lengthMs = definition?.LengthMs ?? 0;
            var uniqueMs = lengthMs > 0 ? coverage.LengthBelow(lengthMs) : 0;
            KnownUniqueMs += uniqueMs - (_lessons[at]?.KnownUniqueMs ?? 0);
            _lessons[at] = new(id, completed, uniqueMs, lengthMs > 0 ? coverage.Hundredths(lengthMs) : 0);
        }
    }
}
