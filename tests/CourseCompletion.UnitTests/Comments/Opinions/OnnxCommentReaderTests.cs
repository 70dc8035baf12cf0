using CourseCompletion.Prediction.Comments.Opinions;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Transformers;
using Xunit;

namespace CourseCompletion.UnitTests.Comments.Opinions;

public sealed class OnnxCommentReaderTests : IDisposable
{
    private static readonly Dictionary<string, float[]> _words = new() { ["good"] = [0, 2], ["bad"] = [2, 0], ["##ly"] = [1, 0], ["好"] = [0, 3], ["a"] = [0, 0] };

    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("", 0)]
    [InlineData("good", 2)]
    [InlineData("GOOD, good!", 4)]
    [InlineData("Good... bad; unheard", 0)]
    [InlineData("goodly", 1)]
    [InlineData("好好a", 6)]
    public void ReadPositive_AText_IsTheLogisticOfItsWords(string text, double logit)
    {
        using var reader = Open(_words)!;

        Assert.Equal(1 / (1 + Math.Exp(-logit)), reader.ReadPositive(text), 1e-6);
    }

    [Fact]
    public void ReadPositive_ALongerTextThanIsRead_EndsWhereItShould()
    {
        using var reader = Open(_words, options => options.TokensMax = 10)!;

        // Eight words between the two ends.
        Assert.Equal(1 / (1 + Math.Exp(-16.0)), reader.ReadPositive(string.Concat(Enumerable.Repeat("good ", 100))), 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(-14.0)), reader.ReadPositive("a " + string.Concat(Enumerable.Repeat("good ", 7)) + string.Concat(Enumerable.Repeat("bad ", 100))), 1e-6);
    }

    [Fact]
    public void ReadPositive_FiveClasses_AreStars()
    {
        using var reader = Open(new Dictionary<string, float[]> { ["fine"] = [0, 0, 0, 50, 0], ["awful"] = [50, 0, 0, 0, 0], ["mixed"] = [50, 0, 0, 0, 50] })!;

        Assert.Equal(0.75, reader.ReadPositive("fine"), 1e-6);
        Assert.Equal(0, reader.ReadPositive("awful"), 1e-6);
        Assert.Equal(0.5, reader.ReadPositive("mixed"), 1e-6);
    }

    [Fact]
    public void ReadPositive_OneClass_IsALogit()
    {
        using var reader = Open(new Dictionary<string, float[]> { ["good"] = [1.5f] })!;

        Assert.Equal(1 / (1 + Math.Exp(-3.0)), reader.ReadPositive("good good"), 1e-6);
    }

    [Fact]
    public void Load_NoModel_IsNoReader() => Assert.Null(new SecondOpinionOptions { VocabularyFile = "unused" }.Load());

    [Fact]
    public void Load_FilesThatAreNone_AreRefusedByTheirNames()
    {
        var (model, vocabulary) = TinyTransformer.Write(_directory, _words);
        var other = Path.Combine(_directory, "other");
        File.WriteAllText(other, "neither\nof\nthem\n");

        Assert.Contains("'" + other, Refusal(new() { ModelFile = other, VocabularyFile = vocabulary }), StringComparison.Ordinal);
        Assert.Contains("'" + other, Refusal(new() { ModelFile = model, VocabularyFile = other }), StringComparison.Ordinal);
        Assert.Contains("vocab.txt", Refusal(new() { ModelFile = model }), StringComparison.Ordinal);
        Assert.Contains("TokensMax", Refusal(new() { ModelFile = model, VocabularyFile = vocabulary, TokensMax = 513 }), StringComparison.Ordinal);
        Assert.Contains("MarginPercent", Refusal(new() { ModelFile = model, VocabularyFile = vocabulary, MarginPercent = 51 }), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => new SecondOpinionOptions { ModelFile = other + ".missing", VocabularyFile = vocabulary }.Load());
    }

    [Fact]
    public void Load_AModelOfOtherInputs_IsRefusedAndSaysWhich()
    {
        const int int32 = 6;
        var (model, vocabulary) = TinyTransformer.Write(_directory, _words, int32);

        Assert.Contains("64-bit", Refusal(new() { ModelFile = model, VocabularyFile = vocabulary }), StringComparison.Ordinal);
    }

    private static string Refusal(SecondOpinionOptions options) => Assert.Throws<ModelFileException>(options.Load).Message;

    private OnnxCommentReader? Open(Dictionary<string, float[]> words, Action<SecondOpinionOptions>? configure = null)
    {
        var (model, vocabulary) = TinyTransformer.Write(_directory, words);
        var options = new SecondOpinionOptions { ModelFile = model, VocabularyFile = vocabulary };
        configure?.Invoke(options);
        return options.Load();
    }
}
