using System.CommandLine;

namespace CourseCompletion.Cli.Connections;

/// <summary>Options that take a whole number within bounds.</summary>
internal static class WholeNumberOption
{
    /// <summary>Makes one with a default.</summary>
    public static Option<int> Create(string name, string description, int byDefault, int min = 1, int max = int.MaxValue)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var number) && (number < min || number > max))
            {
                result.AddError(max == int.MaxValue ? $"{name} is at least {min}." : $"{name} is {min} to {max}.");
            }
        });
        return option;
    }
}
