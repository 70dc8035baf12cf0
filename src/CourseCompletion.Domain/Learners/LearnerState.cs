using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Interests.Searches;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Domain.Learners;

/// <summary>Everything remembered of one learner, folded from the journal. Owned and changed by one fold at a time.</summary>
public sealed class LearnerState
{
    private CompactList<SourceState> _sources;
    private CompactList<EnrolmentState> _enrolments;
    private CompactList<DedupeSegmentId> _droppedSegments;
    private CompactList<InterestCorrection> _interestCorrections;
    private CompactList<SearchedQuery> _searches;
    private ActivityHours _activityHours;

    /// <summary>The newest journal frame folded in; 0 for a learner never seen.</summary>
    public long Sequence { get; set; }

    /// <summary>How many events were folded in.</summary>
    public long EventCount { get; set; }

    /// <summary>The earliest event's time; <see cref="long.MaxValue"/> before the first.</summary>
    public long FirstEventAtMs { get; set; } = long.MaxValue;

    /// <summary>The newest event's time; 0 before the first.</summary>
    public long LastEventAtMs { get; set; }

    /// <summary>The newest activity in any course; 0 before the first.</summary>
    public long LastActivityAtMs
    {
        get
        {
            var newest = 0L;
            foreach (var enrolment in Enrolments)
            {
                newest = Math.Max(newest, enrolment.LastActivityAtMs);
            }

            return newest;
        }
    }

    /// <summary>At which hours the learner is active, in any course.</summary>
    public ref ActivityHours ActivityHours => ref _activityHours;

    /// <summary>About how many bytes the snapshot takes; caps growth (<see cref="LearnerPolicy.StateBytesMax"/>).</summary>
    public int StateBytes { get; set; }

    /// <summary>What the learner wants to be told, when and how; see <see cref="Prefer"/>.</summary>
    public LearnerPreferences Preferences { get; private set; } = LearnerPreferences.None;

    /// <summary>The learner's own days and hours: by the zones that the learner told, before that by the first course's, else UTC.</summary>
    public LearnerClock Clock { get; private set; } = LearnerClock.Utc;

    /// <summary>Whether the clock stands on UTC because no zone is known, told or assumed.</summary>
    public bool AwaitsZone => Preferences.TimeZone.Length == 0 && Clock.Zones == LearnerZones.Utc;

    /// <summary>What is remembered of nudges; null for a learner whom no campaign wanted to reach.</summary>
    public NudgeLog? Nudges { get; set; }

    /// <summary>What the learner said about interests, one a topic, the last word last.</summary>
    public ref CompactList<InterestCorrection> InterestCorrections => ref _interestCorrections;

    /// <summary>What the learner searched for; see <see cref="SearchRules.Fold"/>.</summary>
    public ref CompactList<SearchedQuery> Searches => ref _searches;

    /// <summary>What is remembered for recommendations besides the enrolments; null for most.</summary>
    public LearnerTaste? Taste { get; set; }

    /// <summary>The frame that took or completed the newest course, if that was folded since the state was read; it is not stored.</summary>
    public long TookAtSequence { get; set; }

    /// <summary>How many identities all sources remember together.</summary>
    public int RememberedIds { get; set; }

    /// <summary>The producers seen.</summary>
    public ref CompactList<SourceState> Sources => ref _sources;

    /// <summary>One entry per course touched.</summary>
    public ref CompactList<EnrolmentState> Enrolments => ref _enrolments;

    /// <summary>Segments whose day fell behind its floor since the last seal.</summary>
    public ref CompactList<DedupeSegmentId> DroppedSegments => ref _droppedSegments;

    /// <summary>Replaces the preferences. A first zone holds for all time before it too; any later one, also after one that was assumed, is a move at that instant.</summary>
    public void Prefer(LearnerPreferences preferences, long atMs)
    {
        var zones = preferences.TimeZone.Length == 0 ? Clock.Zones
            : AwaitsZone ? LearnerZones.Shared(preferences.TimeZone)
            : Clock.Zones.With(atMs, preferences.TimeZone);
        RestorePreferences(preferences, zones);
    }

    /// <summary>Takes a course's zone for the learner's until the learner tells another; to be asked for only while the learner awaits one. It holds for all time before it too.</summary>
    public void AssumeZone(string timeZone) => RestorePreferences(Preferences, LearnerZones.Shared(timeZone));

    /// <summary>The clock to go by in a course: the learner's own, or that of the course's zone while the learner awaits one.</summary>
    public LearnerClock ClockIn(CourseDefinition course) => AwaitsZone ? new(LearnerZones.Shared(course.TimeZone), Preferences.DayStartMinutes) : Clock;

    /// <summary>Puts stored preferences in place.</summary>
    public void RestorePreferences(LearnerPreferences preferences, LearnerZones zones) =>
        (Preferences, Clock) = (preferences, zones == LearnerZones.Utc && preferences.DayStartMinutes == 0 ? LearnerClock.Utc : new(zones, preferences.DayStartMinutes));

    /// <summary>The enrolment in a course, or null.</summary>
    public EnrolmentState? FindEnrolment(CourseId course)
    {
        foreach (var enrolment in Enrolments)
        {
            if (enrolment.Course == course)
            {
                return enrolment;
            }
        }

        return null;
    }

    /// <summary>The producer's state, or null.</summary>
    public SourceState? FindSource(string name)
    {
        foreach (var source in Sources)
        {
            if (source.Name == name)
            {
                return source;
            }
        }

        return null;
    }
}
