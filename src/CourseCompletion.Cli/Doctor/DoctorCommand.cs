using System.CommandLine;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage;

namespace CourseCompletion.Cli.Doctor;

/// <summary><c>doctor --verify</c>: reads everything that is stored and says what is damaged.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var verify = new Option<bool>("--verify") { Description = "Read everything and compare every checksum; changes nothing." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "The data directory of an embedded store that no process serves.", HelpName = "DIRECTORY" };
        var redis = new Option<string?>("--redis") { Description = "The connection string of a store on Redis.", HelpName = "CONNECTION" };
        var service = new Option<string>("--service-id")
        {
            Description = "With --redis: the service whose store it is (Cluster:ServiceId).",
            HelpName = "ID",
            DefaultValueFactory = _ => "coursecompletion",
        };
        var command = new Command("doctor", "Examine a store.") { verify, data, redis, service };
        command.Validators.Add(result =>
        {
            if (result.GetResult(verify) is null)
            {
                result.AddError("Say what to do: --verify.");
            }

            if ((result.GetResult(data) is null) == (result.GetResult(redis) is null))
            {
                result.AddError("Give either --data DIRECTORY or --redis CONNECTION.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() => VerifyAsync(
            new StorageOptions { DataDirectory = parsed.GetValue(data)?.FullName ?? ".", Redis = parsed.GetValue(redis) },
            parsed.GetRequiredValue(service),
            cancellationToken)));
        return command;
    }

    private static async Task<int> VerifyAsync(StorageOptions options, string serviceId, CancellationToken cancellationToken)
    {
        try
        {
            var verification = await StoreDoctor.VerifyAsync(options, serviceId, new DoctorProgress(Console.Error, TimeProvider.System), cancellationToken);
            foreach (var damage in verification.Damages)
            {
                await Console.Out.WriteLineAsync(damage);
            }

            await Console.Out.WriteLineAsync(verification.Damages.Count == 0
                ? $"{verification.ItemsRead} items were read; all is well."
                : $"{verification.ItemsRead} items were read; {verification.Damages.Count} damages. Restore a backup.");
            return verification.Damages.Count == 0 ? CommandRun.Ok : CommandRun.Failed;
        }
        catch (Exception failure) when (failure is StoreRefusedException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return CommandRun.Failed;
        }
    }
}
