using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Completion;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Completion;

/// <summary>What a model's matured predictions say: how good it is, how its logits are to be read, whether it drifts.</summary>
/// <remarks>
/// Key: <see cref="ModelHealthKey"/>. Called by roster shards (labels), the gateway and backends; calls no grain. What was learned is stored before its calibration is; silos follow the
/// latter. One that a crash kept from being stored is stored at the next activation. What proxy labels say is stored now and then.
/// </remarks>
internal sealed partial class ModelHealthGrain(
    [PersistentState("model-health", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored,
    ModelStore models,
    IOptions<ModelOptions> options,
    ILogger<ModelHealthGrain> log) : Grain, IModelHealthGrain, IModelLearningGrain
{
    private static readonly HealthPolicy _policy = HealthPolicy.Default;

    private ModelHealthKey _key;
    private ModelHealthState _state = new(_policy);
    private CalibrationSnapshot _calibration = CalibrationSnapshot.None;
    private bool _storeDue;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ModelHealthKey.Parse(this.GetPrimaryKeyString());
        if (stored.RecordExists && !stored.State.Bytes.IsEmpty)
        {
            _state = ModelHealthCodec.Decode(stored.State.Bytes.Span, _policy);
            _calibration = CalibrationRules.SnapshotOf(_state.Calibration, _policy.Calibration);
            if ((await models.ReadCalibrationAsync(_key)).Labels != _calibration.Labels)
            {
                await models.WriteCalibrationAsync(_key, _calibration);
            }

            ModelMetrics.Record(_key, _state);
        }

        this.RegisterGrainTimer(StoreDueAsync, new GrainTimerCreationOptions(options.Value.StoreEvery, options.Value.StoreEvery));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => StoreDueAsync(cancellationToken);

    public async Task TakeAsync(string course, int shard, MaturedLabel[] labels)
    {
        var alarms = _state.Alarms;
        if (ModelHealthRules.Take(_state, new CourseId(course), shard, labels, _policy) == 0)
        {
            return;
        }

        await StoreAsync();
        ModelMetrics.Record(_key, _state);
        if (_state.Alarms > alarms)
        {
            ModelMetrics.DriftAlarms.Add(_state.Alarms - alarms, ModelMetrics.TagsOf(_key));
            LogDrift(log, _key.Value, _state.LatestDriftAtLabel);
        }
    }

    public Task TakeProxiesAsync(string course, int shard, ProxyLabel[] proxies)
    {
        _storeDue |= ModelHealthRules.TakeProxies(_state, new CourseId(course), shard, proxies, _policy) > 0;
        return Task.CompletedTask;
    }

    public ValueTask<ModelHealthView> GetAsync() => new(new ModelHealthView(
        _key.Model,
        _state.Labels,
        ViewOf(_state.Raw.Figures()),
        ViewOf(_state.Served.Figures()),
        _calibration.Slope,
        _calibration.GlobalIntercept,
        _state.Alarms,
        _state.LatestDriftAtLabel,
        [.. CoursesOf()],
        ViewOf(_state.HeldOut.Figures())));

    // Those that figures are kept of, and then those that are read by their proxy labels so far.
    private IEnumerable<CourseHealthView> CoursesOf() => _state.Courses
        .Select(course => new CourseHealthView(course.Key.Value, ViewOf(course.Value.Figures()), _calibration.InterceptOf(course.Key)))
        .Concat(_calibration.CourseIntercepts.Where(course => !_state.Courses.ContainsKey(course.Key)).Take(_policy.CoursesMax)
            .Select(course => new CourseHealthView(course.Key.Value, default, course.Value)));

    private Task StoreDueAsync(CancellationToken cancellationToken) => _storeDue ? StoreAsync() : Task.CompletedTask;

    private async Task StoreAsync()
    {
        _calibration = CalibrationRules.SnapshotOf(_state.Calibration, _policy.Calibration);
        stored.State.Bytes = ModelHealthCodec.Encode(_state);
        try
        {
            await stored.WriteStateAsync();
            await models.WriteCalibrationAsync(_key, _calibration);
            _storeDue = false;
        }
        catch
        {
            // What is stored is not known any more.
            _storeDue = false;
            DeactivateOnIdle();
            throw;
        }
    }

    private static FiguresView ViewOf(in PrequentialFigures figures) => new(
        figures.Count, figures.BaseRate, figures.MeanProbability, figures.Auc, figures.Brier, figures.LogLoss, figures.Ece);

    [LoggerMessage(2310, LogLevel.Warning, "Model {Model} drifts: by its label {Label} its own probabilities had become worse than calibrated ones. The calibration forgets what it learned before.")]
    private static partial void LogDrift(ILogger logger, string model, long label);
}
