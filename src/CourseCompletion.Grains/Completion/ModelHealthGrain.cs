using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Completion;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Completion;

/// <summary>What a model's matured predictions say: how good it is, how its logits are to be read, whether it drifts.</summary>
/// <remarks>
/// Key: <see cref="ModelHealthKey"/>. Called by roster shards (labels), the gateway and backends; calls no grain. What was learned is stored before its calibration is; silos follow the
/// latter. One that a crash kept from being stored is stored at the next activation.
/// </remarks>
internal sealed partial class ModelHealthGrain(
    [PersistentState("model-health", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored,
    ModelStore models,
    ILogger<ModelHealthGrain> log) : Grain, IModelHealthGrain, IModelLearningGrain
{
    private static readonly HealthPolicy _policy = HealthPolicy.Default;

    private ModelHealthKey _key;
    private ModelHealthState _state = new(_policy);
    private CalibrationSnapshot _calibration = CalibrationSnapshot.None;

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
    }

    public async Task TakeAsync(string course, int shard, MaturedLabel[] labels)
    {
        var alarms = _state.Alarms;
        if (ModelHealthRules.Take(_state, new CourseId(course), shard, labels, _policy) == 0)
        {
            return;
        }

        _calibration = CalibrationRules.SnapshotOf(_state.Calibration, _policy.Calibration);
        stored.State.Bytes = ModelHealthCodec.Encode(_state);
        try
        {
            await stored.WriteStateAsync();
            await models.WriteCalibrationAsync(_key, _calibration);
        }
        catch
        {
            // What is stored is not known any more.
            DeactivateOnIdle();
            throw;
        }

        ModelMetrics.Record(_key, _state);
        if (_state.Alarms > alarms)
        {
            ModelMetrics.DriftAlarms.Add(_state.Alarms - alarms, ModelMetrics.TagsOf(_key));
            LogDrift(log, _key.Value, _state.LatestDriftAtLabel);
        }
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
        [.. _state.Courses.Select(course => new CourseHealthView(course.Key.Value, ViewOf(course.Value.Figures()), _calibration.InterceptOf(course.Key)))]));

    private static FiguresView ViewOf(in PrequentialFigures figures) => new(
        figures.Count, figures.BaseRate, figures.MeanProbability, figures.Auc, figures.Brier, figures.LogLoss, figures.Ece);

    [LoggerMessage(2310, LogLevel.Warning, "Model {Model} drifts: by its label {Label} its own probabilities had become worse than calibrated ones. The calibration forgets what it learned before.")]
    private static partial void LogDrift(ILogger logger, string model, long label);
}
