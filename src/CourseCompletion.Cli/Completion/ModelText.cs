using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Completion;

/// <summary>Writes the catalogue of models as text.</summary>
internal static class ModelText
{
    public static void Write(TextWriter text, ModelCatalog catalog, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(catalog));
            return;
        }

        foreach (var model in catalog.Models)
        {
            var role = model.Name == catalog.Champion ? "champion" : model.Name == catalog.Shadow ? "shadow" : "";
            var origin = model.TrainedEnrolments == 0
                ? "weights set by hand"
                : $"{model.TrainedEnrolments:N0} enrolments, {ProtoText.Percent(model.BaseRate)} of them positive, horizon {model.HorizonDays} days";
            text.WriteLine($"{role,-8}  {model.Name}: {model.Target}, {origin}, {(model.PublishedAt is null ? "of the release" : "published " + ProtoText.At(model.PublishedAt))}");
        }
    }
}
