using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>How good the newest matured predictions were, in bounded memory: counts in bins of the logit, over a window of one to two panes.</summary>
/// <remarks>A pane takes up to <paramref name="paneLabels"/> labels; then the next begins and the one before the last is let go of.</remarks>
/// <param name="paneLabels">How many labels a pane takes, at least 1.</param>
public sealed class PrequentialMetrics(int paneLabels)
{
    private const byte Format = 1;

    private MetricsPane _newer = new();
    private MetricsPane _older = new();

    /// <summary>Counts a prediction.</summary>
    /// <param name="logit">The logit that was answered.</param>
    /// <param name="completed">What happened.</param>
    public void Add(double logit, bool completed)
    {
        if (_newer.Count >= paneLabels)
        {
            (_older, _newer) = (_newer, _older);
            _newer.Clear();
        }

        _newer.Add(logit, completed);
    }

    /// <summary>The figures of the window.</summary>
    public PrequentialFigures Figures() => MetricsPane.FiguresOf(_older, _newer);

    /// <summary>Writes the window.</summary>
    public void Write(PayloadWriter to)
    {
        to.Byte(Format);
        _older.Write(to);
        _newer.Write(to);
    }

    /// <summary>Reads a window that <see cref="Write"/> wrote.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static PrequentialMetrics Read(ref PayloadReader from, int paneLabels)
    {
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("Prequential metrics have a format that this release does not know: run the release that wrote them, or a newer one.");
        }

        return new(paneLabels) { _older = MetricsPane.Read(ref from), _newer = MetricsPane.Read(ref from) };
    }
}

/// <summary>How good predictions were.</summary>
/// <param name="Count">How many.</param>
/// <param name="BaseRate">The share that completed; NaN without predictions, as all that follow.</param>
/// <param name="MeanProbability">The mean probability.</param>
/// <param name="Auc">The area under the ROC curve, predictions within a bin of 1/8 logit counting as tied. NaN without both kinds.</param>
/// <param name="Brier">The mean squared difference of probability and label.</param>
/// <param name="LogLoss">The mean negative log-likelihood, in nats.</param>
/// <param name="Ece">The calibration error in 15 bins of about equal size, without what chance alone adds: perfect probabilities have about 0, above or below it.</param>
public readonly record struct PrequentialFigures(
    long Count, double BaseRate, double MeanProbability, double Auc, double Brier, double LogLoss, double Ece);
