using System.CommandLine;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Comments.Opinions;
using CourseCompletion.Prediction.Completion;

namespace CourseCompletion.Cli.Comments;

/// <summary>The options that name a second reader of comments, as a server's settings do.</summary>
internal sealed class SecondReaderOptions
{
    private readonly Option<string?> _model = new("--second-model") { Description = "An ONNX classifier that is asked where the reader is unsure.", HelpName = "FILE" };

    private readonly Option<string?> _vocabulary = new("--second-vocabulary") { Description = "Its WordPiece vocabulary.", HelpName = "FILE" };

    private readonly Option<bool> _cased = new("--second-cased") { Description = "Its vocabulary has capitals." };

    private readonly Option<int> _margin = new("--second-margin")
    {
        Description = "How near to one half a reading must be for the second reader to be asked, in percent.",
        HelpName = "N",
        DefaultValueFactory = _ => new SecondOpinionOptions().MarginPercent,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_vocabulary);
        command.Options.Add(_cased);
        command.Options.Add(_margin);
    }

    /// <summary>Loads the reader; null without a model.</summary>
    /// <exception cref="DataFormatException">There is no such reader.</exception>
    public OnnxCommentReader? Load(ParseResult parsed)
    {
        try
        {
            return new SecondOpinionOptions
            {
                ModelFile = parsed.GetValue(_model),
                VocabularyFile = parsed.GetValue(_vocabulary),
                LowerCase = !parsed.GetValue(_cased),
                MarginPercent = parsed.GetValue(_margin),
            }.Load();
        }
        catch (Exception error) when (error is ModelFileException or IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(error.Message);
        }
    }
}
