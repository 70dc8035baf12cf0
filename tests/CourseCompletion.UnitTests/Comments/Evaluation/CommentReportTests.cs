using CourseCompletion.Prediction.Comments.Evaluation;
using Xunit;

namespace CourseCompletion.UnitTests.Comments.Evaluation;

public class CommentReportTests
{
    [Fact]
    public void Of_KnownReadings_HasTheirFigures()
    {
        var report = CommentReport.Of([Scored(true, 0.9), Scored(true, 0.8), Scored(true, 0.3), Scored(false, 0.4), Scored(false, 0.1), Scored(false, 0.6)], 20);

        Assert.Equal((6, 3), (report.Count, report.Positives));
        Assert.Equal(4 / 6.0, report.Accuracy, 9);
        Assert.Equal(7 / 9.0, report.Auc, 9);
        Assert.Equal(4 / 6.0, report.MacroF1, 9);
        Assert.Equal(3, report.MicrosecondsPerComment, 9);
        Assert.Null(report.Vader);
    }

    [Fact]
    public void Of_UnevenKinds_MacroF1CountsBothAlike()
    {
        // All are said to be positive: precision 3/4 and recall 1 for positive ones, nothing for negative ones.
        var report = CommentReport.Of([Scored(true, 0.9), Scored(true, 0.8), Scored(true, 0.7), Scored(false, 0.6)], 20);

        Assert.Equal(6 / 7.0 / 2, report.MacroF1, 9);
    }

    [Fact]
    public void Of_EnglishComments_HasVaderBesideIt()
    {
        var report = CommentReport.Of(
            [Scored(true, 0.9, "a good course", true), Scored(false, 0.1, "a bad course", true), Scored(false, 0.2, "not good", true), Scored(false, 0.3, "the third course", true)], 20);

        // Of the last one VADER says nothing, which is counted as negative, for that fits.
        Assert.Equal((1, 1, 1), (report.Vader!.Accuracy, report.Vader.Auc, report.Vader.Silent));
    }

    private static ScoredComment Scored(bool isPositive, double probability, string text = "", bool isEnglish = false) =>
        new(new(text, isPositive), isEnglish, probability, TimeSpan.FromMicroseconds(3));
}
