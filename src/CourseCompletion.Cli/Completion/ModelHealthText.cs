using System.Globalization;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Completion;

/// <summary>Writes the health of models as text.</summary>
internal static class ModelHealthText
{
    public static void Write(TextWriter text, GetModelHealthResponse response, bool byCourse, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(response));
            return;
        }

        text.WriteLine("model                     of the newest   AUC    Brier  log-loss  ECE     rate    mean p");
        foreach (var model in response.Models)
        {
            text.WriteLine(Line($"{model.Name}, answered", model.Served));
            text.WriteLine(Line($"{model.Name}, by itself", model.Raw));
            text.WriteLine(Line($"{model.Name}, held out", model.HeldOut));
            foreach (var course in byCourse ? model.Courses : [])
            {
                text.WriteLine(Line($"  {course.CourseId}", course.Served));
            }

            text.WriteLine(Invariant($"  {model.Labels:N0} labels have matured; logits are read as {model.Intercept:0.00} + {model.Slope:0.00} x logit in courses without labels; {DriftOf(model)}"));
        }
    }

    private static string DriftOf(ModelHealth model) => model.DriftAlarms == 0
        ? "no drift found"
        : Invariant($"drift began {model.DriftAlarms} times, last found at label {model.LatestDriftAtLabel:N0}");

    private static string Line(string name, PredictionFigures figures) => figures.Count == 0
        ? Invariant($"{name,-24}  {0,13}")
        : Invariant($"{name,-24}  {figures.Count,13:N0}   {Auc(figures)}  {figures.Brier:0.000}  {figures.LogLoss:0.000}     {figures.Ece,6:0.000}  {figures.BaseRate:0.000}   {figures.MeanProbability:0.000}");

    private static string Auc(PredictionFigures figures) => figures.HasAuc ? Invariant($"{figures.Auc:0.000}") : "-    ";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
