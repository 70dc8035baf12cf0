using CourseCompletion.Cli.Completion;
using CourseCompletion.Datasets;
using CourseCompletion.Prediction.Completion.Default;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Completion;

public sealed class DefaultModelDataTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    // The command of docs/predictions.md.
    [DatasetFact("oulad/studentVle.csv.gz", "oulad/studentInfo.csv.gz")]
    public async Task Train_Oulad_MakesTheBytesThatAreShipped()
    {
        var made = Path.Combine(_files.Root, "oulad-1.model");

        var exit = await TrainCommand.Create().Parse([
            "--format", "oulad", "--data", Dataset.PathOf("oulad"), "--courses", "AAA-2013J,BBB-2013B,BBB-2013J", "--until-day", "132", "--portable",
            "--name", DefaultCompletionModel.Name, "--out", made,
        ]).InvokeAsync();

        Assert.Equal(0, exit);
        Assert.Equal(DefaultCompletionModel.ReadBytes(), await File.ReadAllBytesAsync(made));
    }

    public void Dispose() => _files.Dispose();
}
