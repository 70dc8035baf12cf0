using CourseCompletion.Grains.Abstractions.Completion;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Completion;

/// <summary>Puts the health of models on the wire.</summary>
internal static class ModelHealthMapping
{
    public static Wire.ModelHealth ToWire(ModelHealthView health) => new()
    {
        Name = health.Model,
        Labels = health.Labels,
        Raw = ToWire(health.Raw),
        Served = ToWire(health.Served),
        HeldOut = ToWire(health.HeldOut),
        Slope = health.Slope,
        Intercept = health.Intercept,
        DriftAlarms = health.DriftAlarms,
        LatestDriftAtLabel = health.LatestDriftAtLabel,
        Courses = { health.Courses.Select(ToWire) },
    };

    private static Wire.CourseHealth ToWire(CourseHealthView course) => new() { CourseId = course.Course, Served = ToWire(course.Served), Intercept = course.Intercept };

    // What is not known is left out: NaN is no number in JSON.
    private static Wire.PredictionFigures ToWire(FiguresView figures)
    {
        var wire = new Wire.PredictionFigures { Count = figures.Count };
        if (figures.Count > 0)
        {
            wire.BaseRate = figures.BaseRate;
            wire.MeanProbability = figures.MeanProbability;
            wire.Brier = figures.Brier;
            wire.LogLoss = figures.LogLoss;
            wire.Ece = figures.Ece;
            if (double.IsFinite(figures.Auc))
            {
                wire.Auc = figures.Auc;
            }
        }

        return wire;
    }
}
