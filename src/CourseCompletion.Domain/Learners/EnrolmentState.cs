using System.Runtime.CompilerServices;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;

namespace CourseCompletion.Domain.Learners;

/// <summary>Everything remembered of one learner in one course.</summary>
/// <remarks>
/// Facts (integers, sets, registers) do not depend on the order of arrival. Decayed counts agree to rounding. Session figures follow arrival and ignore late events.
/// Mutable inside the fold; owned by one <see cref="LearnerState"/>.
/// </remarks>
public sealed class EnrolmentState(CourseId course)
{
    private CompactList<EnrolmentChange> _changes;
    private CountPerKind _kindCounts;
    private CountPerFamily _familyCounts;
    private DaySet _activeDays;
    private DaySet _checkInDays;
    private CheckInState _checkIns;
    private DecayedCounts _recent;
    private CompactList<LessonState> _lessons;
    private CompactList<AssessmentState> _assessments;
    private CompactList<ReactionState> _reactions;
    private CompactList<LessonTalk> _talks;

    /// <summary>The course.</summary>
    public CourseId Course { get; internal set; } = course;

    /// <summary>When the learner enrolled: the earliest enrolment or activity in event time; <see cref="long.MaxValue"/> while there is neither.</summary>
    public long EnrolledAtMs { get; set; } = long.MaxValue;

    /// <summary>The newest activity in event time; 0 before the first.</summary>
    public long LastActivityAtMs { get; set; }

    /// <summary>The explicit enrolments and withdrawals, in <see cref="EventOrder"/>.</summary>
    public ref CompactList<EnrolmentChange> Changes => ref _changes;

    /// <summary>How often each <see cref="EventKind"/> happened.</summary>
    public Span<long> KindCounts => _kindCounts;

    /// <summary>How much of each <see cref="ActivityFamily"/> was recorded.</summary>
    public Span<long> FamilyCounts => _familyCounts;

    /// <summary>UTC days with activity.</summary>
    public ref DaySet ActiveDays => ref _activeDays;

    /// <summary>The 64 UTC days that end with the newest activity's, bit 0 being that day; 0 without any.</summary>
    public ulong ActiveMask => LastActivityAtMs == 0 ? 0 : ActiveDays.MaskEnding(LearnerTime.DayOf(LastActivityAtMs));

    /// <summary>UTC days with a check-in.</summary>
    public ref DaySet CheckInDays => ref _checkInDays;

    /// <summary>Check-ins by the learner's own days, with what may prove them.</summary>
    public ref CheckInState CheckIns => ref _checkIns;

    /// <summary>Recent activity by family.</summary>
    public ref DecayedCounts Recent => ref _recent;

    /// <summary>The lessons touched, in the order in which they arrived.</summary>
    public ref CompactList<LessonState> Lessons => ref _lessons;

    /// <summary>The assessments handed in, in the order in which they arrived.</summary>
    public ref CompactList<AssessmentState> Assessments => ref _assessments;

    /// <summary>The objects liked, bookmarked or rated, in the order in which they arrived.</summary>
    public ref CompactList<ReactionState> Reactions => ref _reactions;

    /// <summary>Where the learner asked and commented, in the order in which it first was.</summary>
    public ref CompactList<LessonTalk> Talks => ref _talks;

    /// <summary>What the learner wrote; null while nothing.</summary>
    public EnrolmentComments? Comments { get; set; }

    /// <summary>Unique milliseconds of video watched, over all lessons.</summary>
    public long UniqueMs { get; set; }

    /// <summary>Milliseconds of video watched, repeats included, over all lessons.</summary>
    public long WatchedMs { get; set; }

    /// <summary>Seeks backwards.</summary>
    public long SeeksBack { get; set; }

    /// <summary>Milliseconds watched x speed in thousandths, for the mean speed.</summary>
    public long SpeedWeightedMs { get; set; }

    /// <summary>Sessions begun.</summary>
    public long Sessions { get; set; }

    /// <summary>Milliseconds between consecutive events of the same session, summed.</summary>
    public long SessionMs { get; set; }

    /// <summary>The newest event that counted for sessions.</summary>
    public long SessionEventAtMs { get; set; }

    /// <summary>The producer's id of the current session, or null.</summary>
    public string? SessionId { get; set; }

    /// <summary>The earliest promotion shown or clicked, in event time; 0 without any.</summary>
    public long FirstPromotedAtMs { get; set; }

    /// <summary>The newest one; 0 without any.</summary>
    public long PromotedAtMs { get; set; }

    /// <summary>The newest interaction (<see cref="LearnerEventRules.IsInteraction"/>) in event time; 0 without any.</summary>
    public long InteractedAtMs { get; set; }

    /// <summary>When the engine found the course completed; 0 while it is not. Sticky.</summary>
    public long CompletedAtMs { get; set; }

    /// <summary>The completion probability last decided.</summary>
    public float Probability { get; set; }

    /// <summary>The instant for which it was decided; 0 before the first.</summary>
    public long EvaluatedAtMs { get; set; }

    /// <summary>The band last decided; None while there is none.</summary>
    public CompletionBand Band { get; set; }

    /// <summary>The journal sequence of the last change.</summary>
    public long ChangedAtSequence { get; set; }

    /// <summary>What follows from the facts under the course's definition.</summary>
    public DerivedProgress Derived { get; } = new();

    /// <summary>Whether the learner ever enrolled or acted (a mere contact does neither).</summary>
    public bool IsEnrolled => EnrolledAtMs != long.MaxValue;

    /// <summary>Whether the latest explicit decision is a withdrawal.</summary>
    public bool IsWithdrawn => Changes.Count > 0 && !Changes[^1].Enrols;

    /// <summary>Where the learner stands.</summary>
    public EnrolmentStatus Status =>
        CompletedAtMs != 0 ? EnrolmentStatus.Completed
        : IsWithdrawn ? EnrolmentStatus.Withdrawn
        : IsEnrolled ? EnrolmentStatus.Active
        : EnrolmentStatus.Prospect;

    /// <summary>Which attempt this is: 1, and one more for each enrolment that follows a withdrawal.</summary>
    public int Attempt
    {
        get
        {
            var attempt = 1;
            for (var i = 1; i < Changes.Count; i++)
            {
                attempt += Changes[i].Enrols && !Changes[i - 1].Enrols ? 1 : 0;
            }

            return attempt;
        }
    }

    /// <summary>How many objects are liked now.</summary>
    public int Likes => CountReactions(static r => r.Liked);

    /// <summary>How many objects are bookmarked.</summary>
    public int Bookmarks => CountReactions(static r => r.Bookmarked);

    /// <summary>How often something of a kind happened.</summary>
    public long CountOf(EventKind kind) => KindCounts[(int)kind];

    /// <summary>The lesson's state, or null when it was never touched.</summary>
    public LessonState? FindLesson(string id) => IndexOfLesson(id) is var at and >= 0 ? Lessons[at] : null;

    /// <summary>The lesson's place in <see cref="Lessons"/>, or -1.</summary>
    public int IndexOfLesson(string id)
    {
        // From the end: learners mostly go on with the lesson they opened last.
        for (var i = Lessons.Count - 1; i >= 0; i--)
        {
            if (Lessons[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The assessment's state, or null when nothing was handed in.</summary>
    public AssessmentState? FindAssessment(string id) => IndexOfAssessment(id) is var at and >= 0 ? Assessments[at] : null;

    /// <summary>The assessment's place in <see cref="Assessments"/>, or -1.</summary>
    public int IndexOfAssessment(string id)
    {
        for (var i = Assessments.Count - 1; i >= 0; i--)
        {
            if (Assessments[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The object's reactions, or null when there are none.</summary>
    public ReactionState? FindReaction(string id)
    {
        foreach (var reaction in Reactions)
        {
            if (reaction.Id == id)
            {
                return reaction;
            }
        }

        return null;
    }

    /// <summary>What is kept of asking and commenting at a lesson, or null.</summary>
    public LessonTalk? FindTalk(string lesson)
    {
        foreach (var talk in Talks)
        {
            if (talk.Lesson == lesson)
            {
                return talk;
            }
        }

        return null;
    }

    private int CountReactions(Func<ReactionState, bool> matches)
    {
        var count = 0;
        foreach (var reaction in Reactions)
        {
            count += matches(reaction) ? 1 : 0;
        }

        return count;
    }

    [InlineArray((int)LearnerEventRules.NewestKind + 1)]
    private struct CountPerKind
    {
        private long _first;
    }

    [InlineArray((int)ActivityFamily.Other + 1)]
    private struct CountPerFamily
    {
        private long _first;
    }
}

/// <summary>An explicit enrolment or withdrawal.</summary>
/// <param name="Order">When.</param>
/// <param name="Enrols">True for an enrolment.</param>
public readonly record struct EnrolmentChange(EventOrder Order, bool Enrols);

/// <summary>Where a learner stands in a course. The numbers are stored and never reused.</summary>
public enum EnrolmentStatus : byte
{
    /// <summary>Only contacted: a promotion was shown, nothing was done.</summary>
    Prospect = 0,

    /// <summary>Enrolled and not finished.</summary>
    Active = 1,

    /// <summary>Withdrew.</summary>
    Withdrawn = 2,

    /// <summary>Completed the course; stays so.</summary>
    Completed = 3,
}
