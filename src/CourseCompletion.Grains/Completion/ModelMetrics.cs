using System.Diagnostics;
using System.Diagnostics.Metrics;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;

namespace CourseCompletion.Grains.Completion;

/// <summary>How good models are, in the meter of <see cref="GrainMetrics"/>.</summary>
/// <remarks>Set when labels mature, by the silo that keeps the model's health. Of a model as a whole, and of each course that figures are kept of.</remarks>
internal static class ModelMetrics
{
    /// <summary>How many times drift began.</summary>
    public static readonly Counter<long> DriftAlarms = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.model.drift_alarms", "{alarm}");

    private static readonly Gauge<long> _labels = GrainMetrics.Meter.CreateGauge<long>("coursecompletion.model.labels", "{label}");
    private static readonly FigureGauges _ofModel = new("coursecompletion.model");
    private static readonly FigureGauges _ofCourse = new("coursecompletion.model.course");

    /// <summary>Has what alerts look at exported from the start, at zero.</summary>
    public static void Announce() => DriftAlarms.Add(0);

    /// <summary>Publishes a model's figures.</summary>
    public static void Record(ModelHealthKey key, ModelHealthState state)
    {
        var tags = TagsOf(key);
        _labels.Record(state.Labels, tags);
        _ofModel.Record(state.Served.Figures(), tags);
        foreach (var (course, metrics) in state.Courses)
        {
            _ofCourse.Record(metrics.Figures(), new TagList { { "tenant", key.Tenant.Value }, { "model", key.Model }, { "course", course.Value } });
        }
    }

    /// <summary>The tags of a model.</summary>
    public static TagList TagsOf(ModelHealthKey key) => new() { { "tenant", key.Tenant.Value }, { "model", key.Model } };

    private sealed class FigureGauges(string prefix)
    {
        private readonly Gauge<double> _auc = GrainMetrics.Meter.CreateGauge<double>($"{prefix}.auc", "1");
        private readonly Gauge<double> _brier = GrainMetrics.Meter.CreateGauge<double>($"{prefix}.brier", "1");
        private readonly Gauge<double> _ece = GrainMetrics.Meter.CreateGauge<double>($"{prefix}.ece", "1");

        public void Record(in PrequentialFigures figures, TagList tags)
        {
            // Without labels of both kinds there is no AUC.
            if (double.IsFinite(figures.Auc))
            {
                _auc.Record(figures.Auc, tags);
            }

            _brier.Record(figures.Brier, tags);
            _ece.Record(figures.Ece, tags);
        }
    }
}
