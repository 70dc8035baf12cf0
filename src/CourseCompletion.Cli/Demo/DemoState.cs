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
/// <param name="SentUntil">Up to when its history was sent and acknowledged.</param>
/// <param name="Runs">How often the demo was run on it.</param>
internal sealed record DemoState(
    int ClassNumber, int Learners, int Courses, ulong Seed, DateTime Start, int CourseDays, DateTime SentUntil, int Runs)
{
    private const string FileName = "demo.json";

    // The class is in the middle of its courses when the demo is first run.
    private const int CourseToHistory = 2;

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    /// <summary>The class to show: the one that was shown here before, or a new one.</summary>
    public static DemoState Load(DemoOptions options, DateTime now)
    {
        var path = Path.Combine(options.DataDirectory, FileName);
        var known = File.Exists(path) ? JsonSerializer.Deserialize<DemoState>(File.ReadAllText(path)) : null;
        var goesOn = known is not null && known.Learners == options.Learners && known.Courses == options.Courses
            && known.Seed == options.Seed && known.CourseDays == options.HistoryDays * CourseToHistory
            && now < known.Start.AddDays(known.CourseDays);
        if (goesOn)
        {
            return known! with { Runs = known.Runs + 1 };
        }

        var start = now.Date.AddDays(-options.HistoryDays);
        return new(
            (known?.ClassNumber ?? 0) + 1, options.Learners, options.Courses, options.Seed, start,
            options.HistoryDays * CourseToHistory, start, 1);
    }

    /// <summary>Remembers.</summary>
    public void Save(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, _json));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The class before its first day.</summary>
    public SimulatedClass ToClass() =>
        new(new(Seed, Learners, Courses, Start, CourseDays, ClassNumber == 1 ? "" : $"class-{ClassNumber}-"));
}
