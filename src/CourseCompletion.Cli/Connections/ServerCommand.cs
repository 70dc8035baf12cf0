using System.CommandLine;
using CourseCompletion.Client;
using Grpc.Net.Client;

namespace CourseCompletion.Cli.Connections;

/// <summary>A command that asks a server and writes text or JSON.</summary>
internal static class ServerCommand
{
    /// <summary>Makes one with <c>--target</c>, <c>--json</c> and symbols of its own.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">Its own arguments and options.</param>
    /// <param name="run">What it does with a connection; true for JSON. Returns the exit code.</param>
    public static Command Make(string name, string description, Symbol[] symbols, Func<GrpcChannel, ParseResult, bool, CancellationToken, Task<int>> run)
    {
        var target = TargetOption.Create();
        var json = new Option<bool>("--json") { Description = "Write JSON." };
        var command = new Command(name, description) { target, json };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(async () =>
        {
            using var channel = EngagementChannel.Open(parsed.GetRequiredValue(target));
            return await run(channel, parsed, parsed.GetValue(json), cancellationToken);
        }));
        return command;
    }
}
