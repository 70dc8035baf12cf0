using CourseCompletion.Domain.Campaigns.Audience;
using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.Grains.Campaigns;

namespace CourseCompletion.Grains.Courses;

/// <summary>For whom of a roster shard a campaign falls due.</summary>
/// <remarks>What the gate asks too is asked here of the row, so that only those are offered a nudge who may well get one; the gate knows better and has the last word.</remarks>
internal sealed class RosterAudience(RosterMembers members)
{
    /// <summary>How far back what was missed is still looked for: 7 days. What was missed for longer is not worth a decision each.</summary>
    public const long LookBackMs = MissedDaysMax * LearnerTime.DayMs;

    private const int MissedDaysMax = 7;

    private readonly Dictionary<(string Zone, int DayStartMinutes), LearnerClock> _clocks = [];

    /// <summary>The members due, by learner and then by time.</summary>
    public AudienceMember[] Select(AudienceQuery query, CourseDefinition course, ICompletionPredictor predictor)
    {
        var due = new List<AudienceMember>();
        var afterMs = Math.Max(query.AfterMs, query.ThroughMs - LookBackMs);
        foreach (var member in members.All)
        {
            var row = member.Row;
            if (row.Status != EnrolmentStatus.Active)
            {
                continue;
            }

            if (row.Reach.DeferredUntilMs > 0 && row.Reach.DeferredUntilMs <= query.ThroughMs)
            {
                due.Add(new(row.Learner.Value, 0, 0));
            }

            if (query.Campaign.IsTimed)
            {
                AddDue(due, query, member, afterMs, course, predictor);
            }
        }

        return [.. due];
    }

    /// <summary>Those who finished a lesson and were active since an instant, the most recently active first.</summary>
    public LessonFinisher[] Finishers(string lesson, long activeFromMs, int limit) =>
    [
        .. members.All.Select(member => member.Row)
            .Where(row => row.Status is EnrolmentStatus.Active or EnrolmentStatus.Completed && row.LastActivityAtMs >= activeFromMs
                && row.Lessons.Any(part => part.Completed && part.Lesson == lesson))
            .OrderByDescending(row => row.LastActivityAtMs)
            .ThenBy(row => row.Learner.Value, StringComparer.Ordinal)
            .Take(limit)
            .Select(row => new LessonFinisher(row.Learner.Value, row.LastActivityAtMs)),
    ];

    private void AddDue(List<AudienceMember> due, AudienceQuery query, RosterMember member, long afterMs, CourseDefinition course, ICompletionPredictor predictor)
    {
        var (row, campaign) = (member.Row, query.Campaign);
        var clock = ClockOf(row, course);
        var timing = campaign.TimingFor(row.Reach.ReminderMinute);
        var fromMs = afterMs;
        for (var found = 0; found <= MissedDaysMax; found++)
        {
            if (DueRules.NextDue(timing, clock, row.LastActivityAtMs, row.Reach.BestUtcHour, fromMs) is not { } next || next.DueAtMs > query.ThroughMs)
            {
                return;
            }

            if (found == 0 && !campaign.IsAskedFor(row.Reach.ReminderMinute) && !IsInAudience(query, member, course, predictor))
            {
                return;
            }

            due.Add(new(row.Learner.Value, next.DueAtMs, next.Day));
            fromMs = next.DueAtMs;
        }
    }

    private static bool IsInAudience(AudienceQuery query, RosterMember member, CourseDefinition course, ICompletionPredictor predictor)
    {
        var filter = query.Campaign.Audience;
        return AudienceRules.Includes(filter, AudienceFacts.Of(member.Row, member.Probability, member.Band), course, query.ThroughMs)
            && (filter.GainMin <= 0 || member.Row.ReachableAt(member.ProbabilityAsOfMs, course, predictor) - member.Probability >= filter.GainMin);
    }

    private LearnerClock ClockOf(RosterRow row, CourseDefinition course)
    {
        var key = (row.Reach.TimeZone ?? course.TimeZone, row.Reach.DayStartMinutes);
        if (!_clocks.TryGetValue(key, out var clock))
        {
            clock = new(LearnerZones.Of(key.Item1), key.DayStartMinutes);
            _clocks.Add(key, clock);
        }

        return clock;
    }
}
