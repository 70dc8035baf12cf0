using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Prediction.Completion.Evaluation;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class PrequentialMetricsTests
{
    // The bounded figures beside those of the offline evaluation, which sorts all rows and draws labels.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Figures_WindowWithinAPane_AgreeWithTheOfflineOnes(double shift)
    {
        var labels = LabelStream.Of("algebra", 6_000, 0, 1, seed: 3).Select(label => (Logit: label.Logit + shift, label.Completed)).ToList();
        var metrics = new PrequentialMetrics(10_000);
        labels.ForEach(label => metrics.Add(label.Logit, label.Completed));

        var figures = metrics.Figures();

        double[] probabilities = [.. labels.Select(label => PortableMath.Logistic(label.Logit))];
        bool[] completed = [.. labels.Select(label => label.Completed)];
        Assert.Equal(6_000, figures.Count);
        Assert.Equal(completed.Average(label => label ? 1.0 : 0), figures.BaseRate, 1e-12);
        Assert.Equal(probabilities.Average(), figures.MeanProbability, 1e-9);
        Assert.Equal(RankingMetrics.Auc(probabilities, completed), figures.Auc, 0.002);
        Assert.Equal(CalibrationMetrics.Brier(probabilities, completed), figures.Brier, 1e-9);
        Assert.Equal(CalibrationMetrics.DebiasedEce(probabilities, completed, 200).Value, figures.Ece, 0.004);
        Assert.Equal(labels.Average(label => -Math.Log(PortableMath.Logistic(label.Completed ? label.Logit : -label.Logit))), figures.LogLoss, 1e-9);
    }

    [Fact]
    public void Figures_LongStream_AreOfTheNewestOneToTwoPanes()
    {
        var metrics = new PrequentialMetrics(100);
        for (var i = 0; i < 1_000; i++)
        {
            metrics.Add(0, i >= 850);
        }

        // 800-899 in the older pane, 900-999 in the newer.
        Assert.Equal((200, 0.75), (metrics.Figures().Count, metrics.Figures().BaseRate));
    }

    [Fact]
    public void Figures_NothingCounted_AreUnknown()
    {
        var figures = new PrequentialMetrics(10).Figures();

        Assert.Equal(0, figures.Count);
        Assert.True(double.IsNaN(figures.Auc) && double.IsNaN(figures.Ece) && double.IsNaN(figures.Brier));
    }

    [Fact]
    public void Read_Written_HasTheSameFigures()
    {
        var metrics = new PrequentialMetrics(50);
        foreach (var label in LabelStream.Of("algebra", 120, 0, 1, seed: 4))
        {
            metrics.Add(label.Logit, label.Completed);
        }

        var to = new PayloadWriter();
        metrics.Write(to);
        var from = PayloadReader.Open(to.Finish(), "metrics");

        Assert.Equal(metrics.Figures(), PrequentialMetrics.Read(ref from, 50).Figures());
    }
}
