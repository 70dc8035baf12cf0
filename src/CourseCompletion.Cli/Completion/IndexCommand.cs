using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Domain.Completion.Index;

namespace CourseCompletion.Cli.Completion;

/// <summary><c>index</c>: RI + RP + IP of three rates, and what is often added up instead.</summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        var r = Rate("--r", "R: the share of active learners to whom the course was recommended or promoted.");
        var i = Rate("--i", "I: the share of enrolled active learners who interact.");
        var p = Rate("--p", "P: the share of those to whom it was promoted who enrolled after it.");
        var command = new Command("index", "Compute the engagement index of three rates. For a running course: course index.") { r, i, p };
        command.SetAction((parsed, _) => CommandRun.GuardAsync(() =>
        {
            Write(Console.Out, parsed.GetRequiredValue(r), parsed.GetRequiredValue(i), parsed.GetRequiredValue(p));
            return Task.FromResult(CommandRun.Ok);
        }));
        return command;
    }

    /// <summary>The sum, how it comes about, and why it is no other.</summary>
    public static void Write(TextWriter text, double r, double i, double p)
    {
        var sum = EngagementIndex.Sum(r, i, p);
        text.WriteLine($"RI + RP + IP = {Text(r * i)} + {Text(r * p)} + {Text(i * p)} = {Text(sum)}");
        text.WriteLine($"index        = {Text(sum)} / 3 = {Text(EngagementIndex.Mean(r, i, p))}: from 0 to 1, an index and not a probability");
        text.WriteLine($"not {Text(r + (r * p) + (i * p))}: that is R + RP + IP, which takes R by itself where R times I belongs");
    }

    private static Option<double> Rate(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SHARE",
        Required = true,
        CustomParser = result => Parse(name, result),
    };

    private static double Parse(string name, ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
        {
            return share;
        }

        result.AddError($"{name} is a share from 0 to 1, such as 0.05.");
        return 0;
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
