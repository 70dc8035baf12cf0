using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Simulate;

/// <summary>One learner in one course, lived day by day.</summary>
internal sealed class LearnerLife
{
    // Those who complete a course look in now and then; those who are ahead wait for the next unit.
    private const double ActivityAfterCompletion = 0.15;
    private const double WithdrawalShare = 0.12;

    private readonly ClassOptions _options;
    private readonly int _learner;
    private readonly VideoMemory?[] _videos;
    private readonly bool[] _completed;
    private readonly string _eventPrefix;
    private readonly List<string> _ownQuestions = [];
    private int _completedCount;
    private int _eventCount;
    private bool _failedLast;

    /// <summary>Makes a learner before the first day.</summary>
    public LearnerLife(ClassOptions options, int learner, CourseDesign course, string runId)
    {
        _options = options;
        _learner = learner;
        Course = course;
        Traits = LearnerTraits.Draw(options, learner, course.Number);
        LearnerId = $"{options.Prefix}learner-{learner + 1:00000}";
        _eventPrefix = $"{runId}-{learner + 1}-{course.Number + 1}-";
        _videos = new VideoMemory?[course.Lessons.Count];
        _completed = new bool[course.Lessons.Count];
    }

    public CourseDesign Course { get; }

    public LearnerTraits Traits { get; }

    /// <summary>How the learner answers nudges, by <see cref="NudgeLaw"/>.</summary>
    public NudgeTraits Nudges => NudgeTraits.Draw(_options.Seed, _learner, Traits.Motivation);

    public string LearnerId { get; }

    /// <summary>The day that is being lived.</summary>
    public int Day { get; private set; } = -1;

    /// <summary>Questions of the class that were asked before today.</summary>
    public IReadOnlyList<string> Questions { get; private set; } = [];

    /// <summary>What is known of the learner that no event tells.</summary>
    public LearnerTruth Truth { get; } = new();

    /// <summary>Whether the course is complete.</summary>
    public bool HasCompleted => Truth.CompletedAt is not null;

    /// <summary>The id of the next question of this learner.</summary>
    public string NextQuestionId => $"{_eventPrefix}question-{_ownQuestions.Count + 1}";

    /// <summary>Lives the next day.</summary>
    /// <param name="questions">The class's questions up to yesterday.</param>
    /// <param name="events">Takes what happens, in no order.</param>
    /// <returns>The questions that were asked today.</returns>
    public IReadOnlyList<string> LiveDay(IReadOnlyList<string> questions, List<Event> events)
    {
        Day++;
        Questions = questions;
        var before = _ownQuestions.Count;
        var chance = new Chance(_options.Seed, 4, _learner, Course.Number, Day);
        if (Day == Traits.EnrolDay)
        {
            Enrol(chance, events);
        }

        if (Day >= Traits.EnrolDay && Truth.StoppedAt is null && !Stops(chance, events))
        {
            Study(chance, events);
        }

        return _ownQuestions[before..];
    }

    /// <summary>The next lesson to do; null when all that is released is done.</summary>
    public int? NextLesson()
    {
        for (var i = 0; i < _completed.Length; i++)
        {
            if (!_completed[i])
            {
                return Course.Lessons[i].ReleaseDay <= Day ? i : null;
            }
        }

        return null;
    }

    /// <summary>What was watched of a lesson.</summary>
    public VideoMemory VideoOf(int lesson) => _videos[lesson] ??= new(Course.Lessons[lesson].Seconds);

    /// <summary>Completes a lesson, and with the last one that is needed the course; false when it was complete before.</summary>
    public bool TryComplete(int lesson, DateTime at)
    {
        if (_completed[lesson])
        {
            return false;
        }

        _completed[lesson] = true;
        if (++_completedCount == Course.LessonsToComplete)
        {
            Truth.CompletedAt = at;
        }

        return true;
    }

    /// <summary>Whether the lesson that was completed last was the one that completed the course.</summary>
    public bool HasJustCompleted => _completedCount == Course.LessonsToComplete;

    /// <summary>Takes a quiz's score to heart.</summary>
    public void Score(double score) => _failedLast = score < 50;

    /// <summary>Remembers that the question with <see cref="NextQuestionId"/> was asked.</summary>
    public void AddQuestion() => _ownQuestions.Add(NextQuestionId);

    /// <summary>An event without a body.</summary>
    public Event NewEvent(DateTime at) => new()
    {
        EventId = _eventPrefix + ++_eventCount,
        Source = SimulatedClass.SourceName,
        LearnerId = LearnerId,
        CourseId = Course.Id,
        OccurredAt = Timestamp.FromDateTime(at),
    };

    private void Enrol(Chance chance, List<Event> events)
    {
        Truth.EnrolledAt = DayStart.AddMilliseconds(Math.Round(chance.Between(0, 6) * 3_600_000));
        var e = NewEvent(Truth.EnrolledAt);
        e.Enrolled = new();
        events.Add(e);
    }

    private bool Stops(Chance chance, List<Event> events)
    {
        if (HasCompleted)
        {
            return false;
        }

        var next = Array.IndexOf(_completed, false);
        var due = Course.DueBy(Day);
        var behind = due == 0 ? 0 : Math.Max(0.0, due - _completedCount) / due;
        var hazard = HazardModel.Daily(
            Traits.Motivation, Course.Lessons[next].Difficulty, Day - Traits.EnrolDay, behind, _failedLast);
        Truth.AddDay(hazard);
        if (!chance.Hits(hazard))
        {
            return false;
        }

        Truth.StoppedAt = DayStart.AddMilliseconds(Math.Round(chance.Between(7, 23) * 3_600_000));
        if (chance.Hits(WithdrawalShare))
        {
            var e = NewEvent(Truth.StoppedAt.Value);
            e.Withdrew = new() { Reason = chance.Hits(0.5) ? "no time" : "not what I expected" };
            events.Add(e);
        }

        return true;
    }

    private void Study(Chance chance, List<Event> events)
    {
        var isWeekend = DayStart.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var odds = Traits.Activity / (1 - Traits.Activity) * (isWeekend ? Traits.Weekend : 1);
        var activity = odds / (1 + odds) * (HasCompleted ? ActivityAfterCompletion : 1);
        if (!chance.Hits(activity))
        {
            return;
        }

        var earliest = Day == Traits.EnrolDay ? Truth.EnrolledAt.AddMinutes(1) : DayStart;
        var end = DayStart.AddDays(1);
        var sessions = chance.Hits(0.2) ? 2 : 1;
        for (var i = 0; i < sessions && earliest < end; i++)
        {
            // Of two sessions the first is five hours before the favourite hour.
            var hour = Math.Clamp(Traits.Hour + (1.5 * chance.Normal()) - ((sessions - 1 - i) * 5), 0, 23.5);
            var start = DayStart.AddMilliseconds(Math.Round(hour * 3_600_000));
            var session = new StudySession(this, chance, start > earliest ? start : earliest, end, $"{_eventPrefix}{Day}-{i}", events);
            earliest = session.Run(checksIn: i == 0).AddMinutes(10);
        }
    }

    private DateTime DayStart => _options.Start.AddDays(Day);
}
