using System.CommandLine;
using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Domain.Campaigns.Arms;

namespace CourseCompletion.Cli.Campaigns;

/// <summary><c>evaluate campaigns</c>: runs the engine's own statistics on simulated campaigns whose truth is known.</summary>
internal static class CampaignsCommand
{
    public static Command Create()
    {
        var campaigns = WholeNumberOption.Create("--campaigns", "How many campaigns with a planted effect to look at daily, and as many without.", 400);
        var decisions = WholeNumberOption.Create("--decisions", "How many decisions uplift, and each campaign's arms, are learned from.", 50_000);
        var seed = new Option<ulong>("--seed") { Description = "The seed: the same one gives the same figures.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var temperature = new Option<double>("--temperature")
        {
            Description = "The temperature that arms are chosen with.",
            HelpName = "T",
            DefaultValueFactory = _ => ArmPolicy.Default.Temperature,
        };
        temperature.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < double.PositiveInfinity))
            {
                result.AddError("--temperature is above 0.");
            }
        });
        var command = new Command("campaigns", "Prove on simulations that reports of campaigns find the truth, and what choosing whom and how to remind is worth.")
        {
            campaigns, decisions, seed, temperature,
        };
        command.SetAction((parsed, cancellationToken) => CommandRun.GuardAsync(() =>
        {
            var console = new TrainingConsole(Console.Error);
            var (first, count) = (parsed.GetValue(seed), parsed.GetValue(decisions));
            // Each line is written as soon as it is known, so that an interruption loses only the rest.
            Console.Out.Write(CampaignsText.Of(CoverageEvaluation.Run(first, parsed.GetValue(campaigns), console, cancellationToken)));
            Console.Out.Write(CampaignsText.Of(UpliftEvaluation.Run(first, count, new NudgeLaw(), console, cancellationToken), "uplift"));
            Console.Out.Write(CampaignsText.Of(UpliftEvaluation.Run(first, count, new NudgeLaw(Hidden: 0), console, cancellationToken), "uplift, no hidden traits"));
            var policy = ArmPolicy.Default with { Temperature = parsed.GetValue(temperature) };
            Console.Out.Write(CampaignsText.Of(ArmEvaluation.Run(first, count, policy, console, cancellationToken)));
            return Task.FromResult(CommandRun.Ok);
        }));
        return command;
    }
}
