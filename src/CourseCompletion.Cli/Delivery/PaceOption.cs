using System.CommandLine;

namespace CourseCompletion.Cli.Delivery;

/// <summary>The option <c>--speed</c>.</summary>
internal static class PaceOption
{
    public static Option<Pace> Create() => new("--speed")
    {
        Description = "How fast to send: max, or a factor of real time such as 1 or 3600.",
        HelpName = "max|FACTOR",
        DefaultValueFactory = _ => Pace.Max,
        CustomParser = argument =>
        {
            if (!Pace.TryParse(argument.Tokens[0].Value, out var pace))
            {
                argument.AddError($"--speed '{argument.Tokens[0].Value}' is neither 'max' nor a positive number.");
            }

            return pace;
        },
    };
}
