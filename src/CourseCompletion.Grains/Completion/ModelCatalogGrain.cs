using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Completion;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Grains.Completion;

/// <summary>Keeps the catalogue of models.</summary>
/// <remarks>Key: <see cref="IModelCatalogGrain.Key"/>. Called by the gateway; calls no grain. A file is stored before the catalogue names it, so no silo looks for one that is not there.</remarks>
internal sealed class ModelCatalogGrain(
    ModelStore store,
    ModelsInUse models,
    ICompletionModelFormat format,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time) : Grain, IModelCatalogGrain
{
    private ModelCatalog _catalog = ModelCatalog.Empty;
    private string? _etag;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString() != IModelCatalogGrain.Key)
        {
            throw new FormatException($"There is one catalogue of models: its key is '{IModelCatalogGrain.Key}'.");
        }

        (_catalog, _etag) = await store.ReadAsync();
    }

    public async ValueTask<ModelCatalogAnswer> PublishAsync(byte[] file, bool asShadow)
    {
        if (file is null || file.Length is 0 or > ModelCatalogRules.FileBytesMax)
        {
            return Answer(new(RejectionReason.InvalidField, "file", $"Send a model file of at most {ModelCatalogRules.FileBytesMax >> 20} MB, as `train` writes it."));
        }

        var reading = format.Read(file);
        if (!reading.IsUsable)
        {
            return Answer(new(RejectionReason.InvalidField, "file", reading.Fault));
        }

        var name = reading.Description.Name;
        var change = ModelCatalogRules.Publish(_catalog, reading.Description, IsBuiltIn(name), NowMs);
        if (change.Catalog is not { } published)
        {
            return Answer(change.Fault);
        }

        if (_catalog.Find(name) is null)
        {
            await store.WriteFileAsync(name, file);
        }

        return await ApplyAsync(asShadow
            ? ModelCatalogRules.SetShadow(published, name, isBuiltIn: false, Champion)
            : ModelCatalogRules.Promote(published, name, isBuiltIn: false, NowMs));
    }

    public ValueTask<ModelCatalogAnswer> GetAsync() => new(Answer(null));

    public ValueTask<ModelCatalogAnswer> PromoteAsync(string name) => ApplyAsync(ModelCatalogRules.Promote(_catalog, name, IsBuiltIn(name), NowMs));

    public ValueTask<ModelCatalogAnswer> RollbackAsync() => ApplyAsync(ModelCatalogRules.Rollback(_catalog));

    public ValueTask<ModelCatalogAnswer> ShadowAsync(string name) =>
        ApplyAsync(ModelCatalogRules.SetShadow(_catalog, string.IsNullOrEmpty(name) ? null : name, IsBuiltIn(name), Champion));

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private string Champion => _catalog.Champion ?? format.BuiltIn[0].Description.Name;

    private bool IsBuiltIn(string name) => format.BuiltIn.Any(model => model.Description.Name == name);

    private async ValueTask<ModelCatalogAnswer> ApplyAsync(CatalogChange change)
    {
        if (change.Catalog is { } next && next.Revision != _catalog.Revision)
        {
            try
            {
                _etag = await store.WriteAsync(next, _etag);
            }
            catch
            {
                // What is stored is not known any more.
                DeactivateOnIdle();
                throw;
            }

            var gone = _catalog.Models.Select(model => model.Description.Name).Where(name => next.Find(name) is null).ToList();
            _catalog = next;
            foreach (var name in gone)
            {
                await store.DropFileAsync(name);
            }

            // This silo at once; the others look for themselves.
            await models.FollowAsync();
        }

        return Answer(change.Fault);
    }

    private ModelCatalogAnswer Answer(Rejection? fault) => new(
        [
            .. format.BuiltIn.Select(model => ViewOf(model.Description, 0)),
            .. _catalog.Models.Select(model => ViewOf(model.Description, model.PublishedAtMs)),
        ],
        Champion,
        _catalog.Shadow ?? "",
        _catalog.Revision,
        fault);

    private static ModelView ViewOf(ModelDescription model, long publishedAtMs) =>
        new(model.Name, model.Target, model.HorizonDays, model.FeatureVersion, model.TrainedEnrolments, model.BaseRate, publishedAtMs);
}
