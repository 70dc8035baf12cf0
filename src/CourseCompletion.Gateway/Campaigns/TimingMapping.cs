using CourseCompletion.Domain.Campaigns.Timing;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Learners;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Timings and check-in plans on the wire and in the engine.</summary>
internal static class TimingMapping
{
    private const int SilenceDaysDefault = 7;
    private const int DaysOfWeek = 7;

    // Durations beyond this are no durations of a campaign, and would overflow milliseconds.
    private const long SecondsMax = 366L * 86_400;

    /// <summary>Reads a timing; null, with a fault added, when it has no kind.</summary>
    public static NudgeTiming? Read(Wire.NudgeTiming? timing, List<Rejection> faults)
    {
        var days = WeekDays.None;
        foreach (var day in timing?.DaysOfWeek ?? [])
        {
            if (day is < 1 or > DaysOfWeek)
            {
                faults.Add(new(RejectionReason.InvalidField, "campaign.timing.days_of_week", "Send days from 1 (Monday) to 7."));
                return null;
            }

            days |= (WeekDays)(1 << (day - 1));
        }

        days = days == WeekDays.None ? WeekDays.All : days;
        switch (timing?.KindCase)
        {
            case Wire.NudgeTiming.KindOneofCase.FixedTime:
                return new() { Kind = NudgeTimingKind.FixedTime, LocalMinute = timing.FixedTime.MinuteOfDay, Days = days };
            case Wire.NudgeTiming.KindOneofCase.BestHour:
                return new() { Kind = NudgeTimingKind.BestHour, LocalMinute = timing.BestHour.FallbackMinuteOfDay, Days = days };
            case Wire.NudgeTiming.KindOneofCase.AfterPractice:
                var after = timing.AfterPractice.After is { } given ? MillisecondsOf(given) : NudgeTiming.AfterMsDefault;
                if (after is null)
                {
                    faults.Add(new(RejectionReason.InvalidField, "campaign.timing.after_practice.after", "Send a duration above 0 and of at most 7 days."));
                }

                return new()
                {
                    Kind = NudgeTimingKind.AfterPractice,
                    AfterMs = after ?? 0,
                    SilenceDaysMax = timing.AfterPractice.SilenceDaysMax == 0 ? SilenceDaysDefault : timing.AfterPractice.SilenceDaysMax,
                    Days = days,
                };
            default:
                faults.Add(new(RejectionReason.MissingField, "campaign.timing", "Set a kind of timing: fixed_time, after_practice or best_hour."));
                return null;
        }
    }

    /// <summary>Writes a timing.</summary>
    public static Wire.NudgeTiming ToWire(NudgeTiming timing)
    {
        var wire = new Wire.NudgeTiming
        {
            DaysOfWeek = { timing.Days == WeekDays.All ? [] : Enumerable.Range(1, DaysOfWeek).Where(day => timing.Days.HasFlag((WeekDays)(1 << (day - 1)))) },
        };
        switch (timing.Kind)
        {
            case NudgeTimingKind.FixedTime:
                wire.FixedTime = new() { MinuteOfDay = timing.LocalMinute };
                break;
            case NudgeTimingKind.BestHour:
                wire.BestHour = new() { FallbackMinuteOfDay = timing.LocalMinute };
                break;
            default:
                wire.AfterPractice = new() { After = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(timing.AfterMs)), SilenceDaysMax = timing.SilenceDaysMax };
                break;
        }

        return wire;
    }

    /// <summary>Reads a check-in plan; null for none.</summary>
    public static CheckInPlan? Read(Wire.CheckInPlan? plan) => plan is null ? null : new()
    {
        DaysPerWeek = plan.DaysPerWeek == 0 ? CheckInPlan.WeekDays : plan.DaysPerWeek,
        WeeklyGoalDays = plan.WeeklyGoalDays == 0 ? null : plan.WeeklyGoalDays,
        UniqueMinutesMin = plan.UniqueMinutesMin,
        QuizProves = plan.QuizProves,
        DaysPerCard = plan.DaysPerCard,
        CardsMax = plan.HasCardsMax ? plan.CardsMax : new CheckInPlan().CardsMax,
        FreezesPerMonth = plan.FreezesPerMonth,
        TravelGrace = !plan.NoTravelGrace,
    };

    /// <summary>Writes a check-in plan.</summary>
    public static Wire.CheckInPlan? ToWire(CheckInPlan? plan) => plan is null ? null : new()
    {
        DaysPerWeek = plan.DaysPerWeek,
        WeeklyGoalDays = plan.WeeklyGoalDays ?? 0,
        UniqueMinutesMin = plan.UniqueMinutesMin,
        QuizProves = plan.QuizProves,
        DaysPerCard = plan.DaysPerCard,
        CardsMax = plan.CardsMax,
        FreezesPerMonth = plan.FreezesPerMonth,
        NoTravelGrace = !plan.TravelGrace,
    };

    /// <summary>The milliseconds of a duration; null for a negative or malformed one, and one of more than a year.</summary>
    public static long? MillisecondsOf(Duration duration) =>
        duration is { Seconds: >= 0 and <= SecondsMax, Nanos: >= 0 and < 1_000_000_000 } ? (duration.Seconds * 1000) + (duration.Nanos / 1_000_000) : null;
}
