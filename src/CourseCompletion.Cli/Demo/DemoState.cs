using System.Text.Json;
using CourseCompletion.Cli.Simulate;

namespace CourseCompletion.Cli.Demo;

/// <summary>What the demo remembers beside the server's data, so that run again it goes on with the same class.</summary>
/// <param name="ClassNumber">Which class it is: a class that has ended, or one with other options, is followed by a new one.</param>
/// <param name="Learners">How many learners it has.</param>
/// <param name="Courses">How many courses it has.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Start">Its first day.</param>
/// <param name="CourseDays">How long its courses last.</param>
/// <param name="SentUntil">Up to when its events were sent and acknowledged.</param>
/// <param name="ClockAt">The latest time that the engine took for the present; the next run begins no earlier.</param>
internal sealed record DemoState(
    int ClassNumber, int Learners, int Courses, ulong Seed, DateTime Start, int CourseDays, DateTime SentUntil, DateTime ClockAt)
{
    private const string FileName = "demo.json";

    // The class is in the middle of its courses when the demo is first run.
    private const int CourseToHistory = 2;

    // At the default speed 15 seconds.
    private static readonly TimeSpan _underWayMax = TimeSpan.FromHours(12);

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    /// <summary>When the demo's clock starts: the machine's time, or where an earlier run in the directory ended if that is later.</summary>
    public static DateTimeOffset StartOf(string dataDirectory, DateTimeOffset machineNow)
    {
        var endedAt = Read(dataDirectory)?.ClockAt ?? default;
        return endedAt > machineNow.UtcDateTime ? new(endedAt) : machineNow;
    }

    /// <summary>The class to show: the one that was shown here before, or a new one.</summary>
    public static DemoState Load(DemoOptions options, DateTime now)
    {
        var known = Read(options.DataDirectory);
        var goesOn = known is not null && known.Learners == options.Learners && known.Courses == options.Courses
            && known.Seed == options.Seed && known.CourseDays == options.HistoryDays * CourseToHistory
            && now < known.Start.AddDays(known.CourseDays);
        if (goesOn)
        {
            return known!;
        }

        var start = now.Date.AddDays(-options.HistoryDays);
        return new(
            (known?.ClassNumber ?? 0) + 1, options.Learners, options.Courses, options.Seed, start,
            options.HistoryDays * CourseToHistory, start, now);
    }

    /// <summary>Remembers.</summary>
    public void Save(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, _json));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Remembers that the engine was told of everything up to a while before a time, and took that time for the present.</summary>
    public void SaveAt(string dataDirectory, DateTime clockAt)
    {
        // What is under way when the demo ends is sent again by the next run; the engine knows repeats.
        var sentUntil = clockAt - _underWayMax;
        (this with { SentUntil = sentUntil > SentUntil ? sentUntil : SentUntil, ClockAt = clockAt }).Save(dataDirectory);
    }

    /// <summary>The class before its first day.</summary>
    public SimulatedClass ToClass() =>
        new(new(Seed, Learners, Courses, Start, CourseDays, ClassNumber == 1 ? "" : $"class-{ClassNumber}-"));

    private static DemoState? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<DemoState>(File.ReadAllText(path)) : null;
    }
}
