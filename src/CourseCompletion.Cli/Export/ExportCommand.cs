using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Doctor;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage;

namespace CourseCompletion.Cli.Export;

/// <summary><c>export</c>: what the engine stored, as files to learn from.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo[]>("--data")
        {
            Description = "The data directory of an embedded store, which may be in use. With --redis: the silos' data directories, for their archives.",
            HelpName = "DIRECTORY",
            AllowMultipleArgumentsPerToken = true,
        };
        var redis = new Option<string?>("--redis") { Description = "The connection string of a store on Redis.", HelpName = "CONNECTION" };
        var service = new Option<string>("--service-id")
        {
            Description = "With --redis: the service whose store it is (Cluster:ServiceId).",
            HelpName = "ID",
            DefaultValueFactory = _ => "coursecompletion",
        };
        var output = new Option<DirectoryInfo>("--out") { Description = "The directory to write; it must not exist yet.", HelpName = "DIRECTORY", Required = true };
        var grace = WholeNumberOption.Create("--grace", "Days after a course's end until its enrolments have outcomes.", (int)MaturityPolicy.Default.Grace.TotalDays, min: 0, max: 3650);
        var backfilled = new Option<bool>("--backfilled")
        {
            Description = "The events were sent long after they happened (replay): take each as received, and completions as found, when it happened.",
        };
        var command = new Command("export", "Write what the engine stored as events.csv, courses.json and outcomes.csv, to train and evaluate on.") { data, redis, service, output, grace, backfilled };
        command.Validators.Add(result =>
        {
            var directories = result.GetValue(data)?.Length ?? 0;
            if (result.GetValue(redis) is null && directories != 1)
            {
                result.AddError("Give one --data DIRECTORY, or --redis CONNECTION.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() =>
        {
            var directories = (parsed.GetValue(data) ?? []).Select(directory => directory.FullName).ToArray();
            var policy = new ExportPolicy(
                TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
                MaturityPolicy.Default with { Grace = TimeSpan.FromDays(parsed.GetValue(grace)) },
                parsed.GetValue(backfilled));
            var store = new StorageOptions { DataDirectory = directories.FirstOrDefault() ?? ".", Redis = parsed.GetValue(redis) };
            return RunAsync(new(store, parsed.GetRequiredValue(service), directories, policy), parsed.GetRequiredValue(output), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> RunAsync(StoreExport export, DirectoryInfo to, CancellationToken cancellationToken)
    {
        try
        {
            var tally = await export.RunAsync(to, new DoctorProgress(Console.Error, TimeProvider.System), Console.Error.WriteLine, cancellationToken);
            if (tally.MissingFrames > 0)
            {
                await Console.Error.WriteLineAsync(
                    $"{tally.MissingFrames:N0} frames of {tally.LearnersWithMissing:N0} learners are missing: the store let go of them and no archive here has them. Their retention is over "
                    + "(Storage:ArchiveRetentionDays), or another silo's data directory is to be named with --data.");
            }

            await Console.Out.WriteLineAsync(
                $"{tally.Events:N0} events of {tally.Learners:N0} learners, {tally.Outcomes:N0} outcomes ({tally.Completed:N0} completed; {tally.Immature:N0} enrolments have not matured) -> {to}");
            return CommandRun.Ok;
        }
        catch (Exception failure) when (failure is StoreRefusedException or StoreUnavailableException or StoreCorruptException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return CommandRun.Failed;
        }
    }
}
