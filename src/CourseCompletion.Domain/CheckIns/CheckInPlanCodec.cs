using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.CheckIns;

/// <summary>The layout of a check-in plan within what a campaign stores.</summary>
public static class CheckInPlanCodec
{
    /// <summary>Writes a plan that may be missing.</summary>
    public static void WriteOptional(PayloadWriter to, CheckInPlan? plan)
    {
        to.Bool(plan is not null);
        if (plan is null)
        {
            return;
        }

        to.UInt((uint)plan.DaysPerWeek);
        to.OptionalInt(plan.WeeklyGoalDays);
        to.UInt((uint)plan.WeekBegins);
        to.UInt((uint)plan.UniqueMinutesMin);
        to.Bool(plan.QuizProves);
        to.UInt((uint)plan.DaysPerCard);
        to.UInt((uint)plan.CardsMax);
        to.UInt((uint)plan.FreezesPerMonth);
        to.Bool(plan.TravelGrace);
    }

    /// <summary>Reads a plan that may be missing.</summary>
    /// <exception cref="StoreCorruptException">The bytes end early.</exception>
    public static CheckInPlan? ReadOptional(ref PayloadReader from) => !from.Bool() ? null : new()
    {
        DaysPerWeek = (int)from.UInt(),
        WeeklyGoalDays = (int?)from.OptionalInt(),
        WeekBegins = (int)from.UInt(),
        UniqueMinutesMin = (int)from.UInt(),
        QuizProves = from.Bool(),
        DaysPerCard = (int)from.UInt(),
        CardsMax = (int)from.UInt(),
        FreezesPerMonth = (int)from.UInt(),
        TravelGrace = from.Bool(),
    };
}
