using System.Globalization;
using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Simulate.Responses;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Simulate;

/// <summary>Writes a simulated class as files: events, outcomes, the truth, and the courses.</summary>
internal static class SimulationFiles
{
    /// <summary>Lives the class and writes everything; the courses are lived to their end, so that the outcomes are known.</summary>
    /// <param name="simulated">A class before its first day.</param>
    /// <param name="directory">Where to write; made if it is not there.</param>
    /// <param name="days">How many days of events to write.</param>
    /// <param name="compress">Whether events are compressed.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>How many events were written.</returns>
    public static long Write(SimulatedClass simulated, string directory, int days, bool compress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var count = 0L;
        using (var text = DataFile.Create(Path.Combine(directory, compress ? "events.csv.gz" : "events.csv")))
        {
            var writer = new NeutralWriter(text, NeutralColumns.All);
            foreach (var e in simulated.Live(days))
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Write(e);
                count++;
            }
        }

        WriteTruth(simulated, Path.Combine(directory, "truth.csv"));
        _ = simulated.Live(Math.Max(0, simulated.Options.CourseDays - days)).LongCount();
        WriteOutcomes(simulated, Path.Combine(directory, "outcomes.csv"), days);
        CourseFile.Write(Path.Combine(directory, "courses.json"), simulated.Courses.Select(course => course.ToCourse()));
        return count;
    }

    // The truth as of the end of the events; whoever enrols later is not in it.
    private static void WriteTruth(SimulatedClass simulated, string path)
    {
        using var text = DataFile.Create(path);
        CsvText.WriteRecord(
            text,
            [
                "learner_id", "course_id", "hazard", "last_hazard", "cumulative_hazard", "days_at_risk", "enrolled_at", "stopped_at",
                "completed_at", "motivation", "skill", "activity", "sociability", "nudge_uplift", "sleeping_dog",
            ]);
        foreach (var life in simulated.Lives.Where(life => life.Day >= life.Traits.EnrolDay))
        {
            CsvText.WriteRecord(
                text,
                [
                    life.LearnerId, life.Course.Id, Text(life.Truth.MeanHazard), Text(life.Truth.LastHazard),
                    Text(life.Truth.CumulativeHazard), life.Truth.DaysAtRisk.ToString(CultureInfo.InvariantCulture),
                    Text(life.Truth.EnrolledAt), Text(life.Truth.StoppedAt), Text(life.Truth.CompletedAt),
                    Text(life.Traits.Motivation), Text(life.Traits.Skill), Text(life.Traits.Activity), Text(life.Traits.Sociability),
                    Text(new NudgeLaw().UpliftAtRest(life.Nudges)), life.Nudges.IsSleepingDog ? "1" : "0",
                ]);
        }
    }

    private static void WriteOutcomes(SimulatedClass simulated, string path, int days)
    {
        var observedUntil = simulated.Options.Start.AddDays(days).AddSeconds(-1);
        using var text = DataFile.Create(path);
        CsvText.WriteRecord(text, ["learner_id", "course_id", "enrolled_at", "observed_until", "completed"]);
        foreach (var life in simulated.Lives.Where(life => life.Traits.EnrolDay < days))
        {
            CsvText.WriteRecord(
                text, [life.LearnerId, life.Course.Id, Text(life.Truth.EnrolledAt), Text(observedUntil), life.HasCompleted ? "1" : "0"]);
        }
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Text(DateTime? instant) => instant is { } at ? Rfc3339.Format(Timestamp.FromDateTime(at)) : "";
}
