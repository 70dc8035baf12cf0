using CourseCompletion.Grains.Abstractions.Completion;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Completion;

/// <summary>Puts the catalogue of models on the wire.</summary>
internal static class ModelMapping
{
    public static Wire.ModelCatalog ToWire(ModelCatalogAnswer answer) => new()
    {
        Models = { answer.Models.Select(ToWire) },
        Champion = answer.Champion,
        Shadow = answer.Shadow,
        Revision = answer.Revision,
    };

    private static Wire.Model ToWire(ModelView model) => new()
    {
        Name = model.Name,
        Target = model.Target,
        HorizonDays = model.HorizonDays,
        FeatureVersion = model.FeatureVersion,
        TrainedEnrolments = model.TrainedEnrolments,
        BaseRate = model.BaseRate,
        PublishedAt = TimestampMapping.FromOptional(model.PublishedAtMs),
    };
}
