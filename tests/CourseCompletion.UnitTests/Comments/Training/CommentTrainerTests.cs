using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Comments.Default;
using CourseCompletion.Prediction.Comments.Evaluation;
using CourseCompletion.Prediction.Comments.Training;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Comments.Training;

public class CommentTrainerTests
{
    private readonly IProgress<TrainingProgress> _silent = new Progress<TrainingProgress>();

    [Fact]
    public void Train_SameComments_GivesTheSameBytes() => Assert.Equal(CommentModelFile.Encode(Train(CommentSamples.Noisy(200))), CommentModelFile.Encode(Train(CommentSamples.Noisy(200))));

    [Fact]
    public void Train_PlannedComments_TellsThemApart()
    {
        var reader = new LearnedCommentReader(Train([.. CommentSamples.Chinese(200), .. CommentSamples.English(200)]));

        Assert.All(CommentSamples.Chinese(260)[200..].Concat(CommentSamples.English(260)[200..]), comment => Assert.Equal(comment.IsPositive, reader.Read(comment.Text, CommentAdaptation.None).Positive > 0.5));
    }

    // Of sixteen labels three are wrong and nothing in the texts says which: no probability may be surer than that.
    [Fact]
    public void CrossValidate_NoisyLabels_AreReadAsSureAsTheyAre()
    {
        var comments = CommentSamples.Noisy(1_100);

        var scored = new CommentEvaluation(_silent, CancellationToken.None).CrossValidate(comments, 5, 1);

        var report = CommentReport.Of(scored, 100);
        Assert.InRange(report.Accuracy, 0.75, 0.84);
        Assert.True(report.Ece.Value < 0.05, $"{report.Ece}");
        Assert.InRange(scored.Where(comment => comment.Positive > 0.5).Average(comment => comment.Positive), 0.75, 0.88);
    }

    [Fact]
    public void Train_OneLanguageOnly_ReadsTheOtherAsBefore()
    {
        var chinese = new LearnedCommentReader(Train(CommentSamples.Chinese(200)));
        var english = new LearnedCommentReader(Train(CommentSamples.English(200)));
        var release = new LearnedCommentReader(DefaultCommentModel.Load());

        Assert.True(chinese.Model.LearnedCharacters && !chinese.Model.LearnedWords && english.Model.LearnedWords && !english.Model.LearnedCharacters);
        Assert.Equal(release.Read("不推荐，浪费时间", CommentAdaptation.None).Positive, english.Read("不推荐，浪费时间", CommentAdaptation.None).Positive);
        Assert.True(chinese.Read("The worst teacher ever", CommentAdaptation.None).Positive < 0.2);
        Assert.Equal(release.Read("I don't understand", CommentAdaptation.None).Confusion, chinese.Read("I don't understand", CommentAdaptation.None).Confusion);
    }

    [Fact]
    public void Train_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        var rows = CommentRows.Of(CommentSamples.Chinese(50), _silent, cancelled.Token);
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => CommentTrainer.Train(rows, [.. Enumerable.Range(0, 50)], new("a", "b"), _silent, "test", cancelled.Token));
    }

    [Fact]
    public void Without_SpellingsOfTheSameText_AreOne() =>
        Assert.Equal(["Good!", "bad"], DistinctComments.Without([new("Good!", true), new("ＧＯＯＤ！", false), new("bad", false), new("known", true), new(" ", true)], [new("KNOWN", false)]).Select(comment => comment.Text));

    private CommentModel Train(List<LabelledComment> comments)
    {
        var rows = CommentRows.Of(comments, _silent, CancellationToken.None);
        return CommentTrainer.Train(rows, [.. Enumerable.Range(0, comments.Count)], new("test", "planned comments"), _silent, "test", CancellationToken.None);
    }
}
