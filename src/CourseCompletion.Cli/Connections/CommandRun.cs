using CourseCompletion.Cli.Engagement;
using CourseCompletion.Client;
using Google.Rpc;
using Grpc.Core;

namespace CourseCompletion.Cli.Connections;

/// <summary>Runs a command and turns what can be expected to go wrong into one sentence and an exit code.</summary>
internal static class CommandRun
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>It did not work.</summary>
    public const int Failed = 1;

    /// <summary>The user stopped it, as shells report SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs a command.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Cancelled)
        {
            return Interrupted;
        }
        catch (RpcException error)
        {
            return await FailAsync(Describe(error));
        }
        catch (Exception error) when (error is DataFormatException or EngagementStreamException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(error.Message);
        }
    }

    /// <summary>What a server's refusal means, with the fields at fault.</summary>
    public static string Describe(RpcException error)
    {
        if (error.StatusCode == StatusCode.Unavailable)
        {
            return $"The server cannot be reached: {error.Status.Detail} Is it running, and is --target its gRPC address?";
        }

        var faults = error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Select(fault => $"{fault.Field}: {fault.Description}") ?? [];
        return string.Join(Environment.NewLine + "  ", faults.Prepend($"{error.StatusCode}: {error.Status.Detail}"));
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return Failed;
    }
}
