using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.LocalTime;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.CheckIns;

/// <summary>What a learner did in one course, folded by the rules of the live path.</summary>
internal sealed class CheckInScript(LearnerClock clock)
{
    private readonly LearnerState _state = LearnerBy(clock);
    private long _count;

    public LearnerClock Clock => clock;

    /// <summary>A learner without events whose own days go by a clock.</summary>
    public static LearnerState LearnerBy(LearnerClock clock)
    {
        var state = new LearnerState();
        state.RestorePreferences(LearnerPreferences.None with { DayStartMinutes = clock.DayStartMinutes }, clock.Zones);
        return state;
    }

    public EnrolmentState Enrolment => _state.FindEnrolment(new CourseId("algebra")) ?? new(new CourseId("algebra"));

    public int StateBytes => _state.StateBytes;

    public CheckInScript CheckIn(long atMs) => Fold(Event(EventKind.CheckedIn, Id(), atMs));

    /// <summary>Minutes never watched before.</summary>
    public CheckInScript Watch(long atMs, int minutes) => Fold(Watched($"lesson-{_count}", 0, minutes * MinuteMs, Id(), atMs) with { Speed = 1 });

    public CheckInScript Quiz(long atMs, double score) => Fold(Event(EventKind.AssessmentSubmitted, Id(), atMs) with { Value = score, MaxValue = 10 });

    public CheckInScript MakeUp(long atMs, int daysAgo) => Fold(Event(EventKind.CheckInMadeUp, Id(), atMs) with { Count = daysAgo });

    /// <summary>Checks in at noon of each of the learner's days.</summary>
    public CheckInScript CheckInOn(params int[] days)
    {
        Array.ForEach(days, day => CheckIn(Clock.InstantOf(day, 720)));
        return this;
    }

    public CheckInStanding At(long nowMs, CheckInPlan plan) => StreakRules.StandingAt(Enrolment.CheckIns, plan, clock, nowMs);

    /// <summary>Where the learner stands at noon of a day.</summary>
    public CheckInStanding On(int day, CheckInPlan plan) => At(clock.InstantOf(day, 720), plan);

    public CheckInScript Fold(LearnerEvent e)
    {
        LearnerRules.Fold(_state, e, (UInt128)(++_count), LearnerPolicy.Default);
        return this;
    }

    private string Id() => $"{_count}";
}
