using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Demo;

/// <summary>When the demo's learners were active and checked in last, as the events that were sent tell it; days are of UTC, as those of the demo's courses.</summary>
internal sealed class DemoActivity
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Learner, string Course), Days> _known = [];

    /// <summary>Takes an event.</summary>
    public void Take(Event e)
    {
        var day = DayOf(e.OccurredAt.ToDateTime());
        lock (_lock)
        {
            if (!_known.TryGetValue((e.LearnerId, e.CourseId), out var days))
            {
                _known.Add((e.LearnerId, e.CourseId), days = new());
            }

            days.LastActive = Math.Max(days.LastActive, day);
            if (e.BodyCase == Event.BodyOneofCase.CheckedIn && day > days.LastCheckIn)
            {
                days.Streak = day == days.LastCheckIn + 1 ? days.Streak + 1 : 1;
                days.LastCheckIn = day;
            }
        }
    }

    /// <summary>Days in a row with a check-in, up to today or, before today's, yesterday.</summary>
    public int StreakOf(string learner, string course, DateTime now)
    {
        lock (_lock)
        {
            return _known.TryGetValue((learner, course), out var days) && days.LastCheckIn >= DayOf(now) - 1 ? days.Streak : 0;
        }
    }

    /// <summary>Days since the learner was active.</summary>
    public int DaysSilent(string learner, string course, DateTime now)
    {
        lock (_lock)
        {
            return _known.TryGetValue((learner, course), out var days) ? Math.Max(0, DayOf(now) - days.LastActive) : 0;
        }
    }

    /// <summary>The day, counted from 1970-01-01.</summary>
    public static int DayOf(DateTime at) => (int)(at - DateTime.UnixEpoch).TotalDays;

    private sealed class Days
    {
        public int LastActive { get; set; }

        public int LastCheckIn { get; set; }

        public int Streak { get; set; }
    }
}
