using System.CommandLine;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary>The options that say which features a model learns from, the same for training and evaluation.</summary>
internal sealed class FeatureOptions
{
    private readonly Option<string?> _without = new("--without")
    {
        Description = "Features that the model does without, separated by commas; video_* stands for all that begin so.",
        HelpName = "FEATURES",
    };

    private readonly Option<bool> _portable = new("--portable")
    {
        Description = "For courses of platforms that it has not seen: without what means something else elsewhere, and learned also as if courses had no lessons or dates.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_without);
        command.Options.Add(_portable);
    }

    public TrainingOptions TrainingOf(ParseResult parsed)
    {
        var isPortable = parsed.GetValue(_portable);
        try
        {
            return new()
            {
                LeftOut = FeatureSelection.Parse([
                    .. isPortable ? FeatureSelection.NotPortable : [],
                    .. (parsed.GetValue(_without) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                ]),
                Views = isPortable ? CourseViews.All : [CourseView.AsDefined],
            };
        }
        catch (ArgumentException error)
        {
            throw new DataFormatException($"--without: {error.Message}");
        }
    }
}
