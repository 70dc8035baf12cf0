using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion.Prequential;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary><c>evaluate prequential</c>: lives through a history with a model that learns online, labels becoming visible only when they mature.</summary>
internal static class PrequentialCommand
{
    private const int LabelsMax = 1_000_000_000;

    public static Command Create()
    {
        var history = new HistoryOptions();
        var features = new FeatureOptions();
        var byDefault = new PrequentialOptions();
        var data = new Option<string>("--data") { Description = "The directory of files.", HelpName = "DIRECTORY", Required = true };
        var train = new Option<string?>("--train") { Description = "Train on these courses, whenever they ran, and predict the others.", HelpName = "IDS" };
        var share = Share("--train-share", "Train on the courses that mature first, with this share of all enrolments, and predict from then on.", byDefault.TrainShare);
        var shift = new Option<double>("--plant-shift") { Description = "Add this to the model's logits from --at on.", HelpName = "LOGITS", DefaultValueFactory = _ => 0 };
        var at = Share("--at", "The share of predictions before the planted shift, in order of time.", byDefault.ShiftAt);
        var settle = WholeNumberOption.Create("--settle", "Measure once so many labels of shifted predictions have matured.", 2_000, 0, LabelsMax);
        var next = WholeNumberOption.Create("--next", "Measure so many predictions then.", 20_000, 1, LabelsMax);
        var grace = WholeNumberOption.Create("--grace", "Days after a course's end until its labels mature.", (int)MaturityPolicy.Default.Grace.TotalDays, 0, 3650);
        var noProxies = new Option<bool>("--no-proxies") { Description = "Let calibration learn from matured labels alone, not from who stays active." };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Write prequential.json to this directory.", HelpName = "DIRECTORY" };
        var draws = WholeNumberOption.Create("--draws", "How many resamples make an interval.", 1_000);
        var command = new Command("prequential", "Live through a history with online calibration: figures before and after it, and prequential.json.")
        {
            data, train, share, shift, at, settle, next, grace, noProxies, output, draws,
        };
        history.AddTo(command);
        features.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!double.IsFinite(result.GetValue(shift)))
            {
                result.AddError("--plant-shift is a finite number of logits.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() =>
        {
            var console = new TrainingConsole(Console.Error);
            var read = new HistorySource(history, parsed, console, cancellationToken).Read(parsed.GetRequiredValue(data));
            var options = new PrequentialOptions
            {
                Training = features.TrainingOf(parsed),
                TrainCourses = parsed.GetValue(train) is { } ids ? CoursesOf(read, ids) : null,
                TrainShare = parsed.GetValue(share),
                Maturity = MaturityPolicy.Default with { Grace = TimeSpan.FromDays(parsed.GetValue(grace)) },
                UsesProxies = !parsed.GetValue(noProxies),
                Shift = parsed.GetValue(shift),
                ShiftAt = parsed.GetValue(at),
            };
            var result = PrequentialReplay.Run(read, options, console, cancellationToken)
                ?? throw new DataFormatException("No course begins after those to train on have matured: name courses with --train, and leave some to predict.");
            console.Report(new TrainingProgress("measuring", 0, result.Rows.Count));
            var reports = PrequentialReport.PartsOf(result.Rows, parsed.GetValue(settle), parsed.GetValue(next))
                .Where(part => part.Rows.Count > 0)
                .Select(part => PrequentialReport.Of(part.Part, part.Rows, parsed.GetValue(draws)))
                .ToList();
            var courses = result.Rows.GroupBy(row => row.Course).OrderBy(group => group.Min(row => row.PredictedAtMs))
                .Select(group => PrequentialReport.Of(group.Key.Value, [.. group], parsed.GetValue(draws)))
                .ToList();
            var summary = new PrequentialSummary(history.TargetOf(parsed), options, result, console.Elapsed, reports, courses);
            Console.Out.Write(PrequentialText.TableOf(summary));
            if (parsed.GetValue(output) is { } directory)
            {
                PrequentialFiles.Write(directory, summary);
            }

            return Task.FromResult(CommandRun.Ok);
        }));
        return command;
    }

    private static Option<double> Share(string name, string description, double byDefault)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "SHARE", DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1))
            {
                result.AddError($"{name} is between 0 and 1.");
            }
        });
        return option;
    }

    private static HashSet<CourseId> CoursesOf(CompletionHistory history, string ids)
    {
        var courses = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(id => new CourseId(id)).ToHashSet();
        var known = history.Outcomes.Select(outcome => outcome.Course).ToHashSet();
        return courses.IsSubsetOf(known) ? courses : throw new DataFormatException($"There is no outcome of {courses.First(course => !known.Contains(course))}.");
    }
}
