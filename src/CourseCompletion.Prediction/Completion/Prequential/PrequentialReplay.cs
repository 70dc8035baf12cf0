using System.IO.Hashing;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Completion.Prequential;

/// <summary>Trains on the courses that mature first and lives through the others in the order of time: each prediction is made with what had matured by then.</summary>
/// <remarks>
/// One prediction per enrolment and week, at the instants that training takes. It stays pending until its label matures, for the whole entry cohort at once; only then is the
/// label counted and learned from. Learning is the fold of the live engine (<see cref="ModelHealthRules"/>).
/// </remarks>
public sealed class PrequentialReplay
{
    private const long ProxiesReadEveryMs = 6 * 60 * 60 * 1000;

    private readonly PrequentialOptions _options;
    private readonly ModelHealthState _health;
    private readonly PersistenceBaseline _persistence = new();
    private readonly List<PrequentialRow> _rows = [];
    private readonly List<PrequentialAlarm> _alarms = [];
    private readonly PriorityQueue<Cohort, (long AtMs, string Course)> _cohorts = new();
    private readonly PriorityQueue<Proxy, long> _proxies = new();
    private readonly HashSet<int> _withProxy = [];
    private readonly ActivityTimes _activity;
    private readonly CompletionHistory _history;
    private CalibrationSnapshot _calibration = CalibrationSnapshot.None;
    private long _calibratedAtMs;
    private bool _calibrationDue;
    private int _shiftedLabels;

    private PrequentialReplay(CompletionHistory history, PrequentialOptions options)
    {
        (_history, _options) = (history, options);
        _health = new(options.Health);
        _activity = new(history);
    }

    /// <summary>Lives through a history; null when no course is left to train on, or none to predict.</summary>
    public static PrequentialResult? Run(
        CompletionHistory history, PrequentialOptions options, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var maturesAt = history.Outcomes.GroupBy(outcome => outcome.Course).ToDictionary(
            group => group.Key, group => group.Max(outcome => Math.Max(outcome.ObservedUntilMs, MaturesAtMs(history, outcome, options.Maturity))));
        var trained = options.TrainCourses ?? EarliestOf(history, maturesAt, options.TrainShare);
        var trainedAtMs = options.TrainCourses is null ? maturesAt.Where(pair => trained.Contains(pair.Key)).Max(pair => pair.Value) : long.MinValue;
        var snapshots = SnapshotRows.Take(
            history, [], options.Training.Instants, options.Training.Views, new ProgressOf(progress, "replaying learners", history.Learners.Count), cancellationToken).Training;
        bool Learns(SnapshotRow row) => trained.Contains(history.Outcomes[row.Outcome].Course);
        var lived = snapshots.Where(row => row.View == CourseView.AsDefined).ToList();
        var stream = lived.Where(row => !Learns(row) && row.AsOfMs >= trainedAtMs).OrderBy(row => row.AsOfMs).ThenBy(row => row.Outcome).ToList();
        if (stream.Count == 0 || !snapshots.Any(Learns))
        {
            return null;
        }

        var model = CompletionTrainer.Train(history, snapshots.Where(Learns), options.Training, progress, "training", cancellationToken);
        var replay = new PrequentialReplay(history, options);
        foreach (var row in lived.Where(Learns).OrderBy(row => maturesAt[history.Outcomes[row.Outcome].Course]))
        {
            replay._persistence.Learn(PersistenceBaseline.IsActive(row.Vector), history.Outcomes[row.Outcome].Completed);
        }

        progress.Report(new("predicting", 0, stream.Count));
        replay.Predict(stream, model, maturesAt);
        return new(trained.Count, history.Outcomes.Count(outcome => trained.Contains(outcome.Course)), replay._rows, replay._alarms, replay._calibration);
    }

    private static long MaturesAtMs(CompletionHistory history, EnrolmentOutcome outcome, MaturityPolicy policy)
    {
        // Every course of a history has dates, so that the cohort is the course whenever a learner enrolled.
        var course = history.Courses[outcome.Course];
        return MaturityRules.MaturesAtMs(course, course.StartsAtMs!.Value, policy);
    }

    private static HashSet<CourseId> EarliestOf(CompletionHistory history, Dictionary<CourseId, long> maturesAt, double share)
    {
        var taken = new HashSet<CourseId>();
        var enrolments = 0;
        foreach (var course in maturesAt.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key.Value, StringComparer.Ordinal).Select(pair => pair.Key))
        {
            if (enrolments >= share * history.Outcomes.Count)
            {
                break;
            }

            taken.Add(course);
            enrolments += history.Outcomes.Count(outcome => outcome.Course == course);
        }

        return taken;
    }

    private void Predict(List<SnapshotRow> stream, AdditiveModel model, Dictionary<CourseId, long> maturesAt)
    {
        var cohorts = new Dictionary<CourseId, Cohort>();
        var shiftFrom = _options.Shift == 0 ? stream.Count : (int)(_options.ShiftAt * stream.Count);
        for (var i = 0; i < stream.Count; i++)
        {
            var (row, outcome) = (stream[i], _history.Outcomes[stream[i].Outcome]);
            MatureUntil(row.AsOfMs);
            var isActive = PersistenceBaseline.IsActive(row.Vector);
            var logit = model.Sum(row.Vector) + (i >= shiftFrom ? _options.Shift : 0);
            var made = new PrequentialRow(
                outcome.Course,
                row.Outcome,
                row.AsOfMs,
                maturesAt[outcome.Course],
                logit,
                _calibration.Calibrate(outcome.Course, logit),
                _persistence.Forecast(isActive),
                i >= shiftFrom,
                _shiftedLabels,
                outcome.Completed);
            _rows.Add(made);
            if (!cohorts.TryGetValue(outcome.Course, out var cohort))
            {
                cohorts.Add(outcome.Course, cohort = new([]));
                _cohorts.Enqueue(cohort, (made.MaturesAtMs, outcome.Course.Value));
            }

            cohort.Pending.Add((made, isActive));
            AwaitProxy(made, outcome);
        }

        MatureUntil(long.MaxValue);
    }

    // One at a time of an enrolment, as in rosters, and none whose week is not over by the end of what is known.
    private void AwaitProxy(PrequentialRow made, EnrolmentOutcome outcome)
    {
        var dueAtMs = made.PredictedAtMs + ProxyRules.WeekMs;
        if (_options.UsesProxies && dueAtMs <= outcome.ObservedUntilMs && _withProxy.Add(made.Outcome))
        {
            _proxies.Enqueue(new(made, (int)((made.PredictedAtMs - _history.Courses[made.Course].StartsAtMs!.Value) / ProxyRules.WeekMs), _activity.IsActive(outcome, made.PredictedAtMs, dueAtMs)), dueAtMs);
        }
    }

    // Labels and proxy labels in the order in which they become known.
    private void MatureUntil(long nowMs)
    {
        while (true)
        {
            var cohortAtMs = _cohorts.TryPeek(out _, out var cohort) ? cohort.AtMs : long.MaxValue;
            var proxyAtMs = _proxies.TryPeek(out _, out var proxy) ? proxy : long.MaxValue;
            var atMs = Math.Min(cohortAtMs, proxyAtMs);
            if (atMs > nowMs || atMs == long.MaxValue)
            {
                break;
            }

            if (cohortAtMs == atMs)
            {
                Learn(_cohorts.Dequeue());
                Calibrate(atMs);
            }
            else
            {
                var known = _proxies.Dequeue();
                _withProxy.Remove(known.Row.Outcome);
                ProxyRules.Learn(_health.Calibration, known.Row.Course, known.Week, known.Row.Logit, known.IsActive, _options.Health.Calibration);
                _calibrationDue = true;
            }
        }

        if (_calibrationDue && nowMs - _calibratedAtMs >= ProxiesReadEveryMs)
        {
            Calibrate(nowMs);
        }
    }

    private void Calibrate(long atMs)
    {
        _calibration = CalibrationRules.SnapshotOf(_health.Calibration, _options.Health.Calibration);
        (_calibratedAtMs, _calibrationDue) = (atMs, false);
    }

    private void Learn(Cohort cohort)
    {
        // Enrolment by enrolment, in an order that says nothing of them: in the order of time the last weeks would have the last word on the slope.
        foreach (var enrolment in cohort.Pending.GroupBy(pending => pending.Row.Outcome).OrderBy(group => XxHash3.HashToUInt64(BitConverter.GetBytes(group.Key))))
        {
            var left = enrolment.Count();
            var weight = 1.0 / left;
            foreach (var (row, isActive) in enrolment)
            {
                _persistence.Learn(isActive, row.Completed);
                _shiftedLabels += row.IsShifted ? 1 : 0;
                if (ModelHealthRules.Learn(_health, new(row.Course, row.Logit, row.Served, row.Completed, weight, --left == 0), _options.Health))
                {
                    _alarms.Add(new(row.MaturesAtMs, row.Course, _health.Labels, _shiftedLabels));
                }
            }
        }
    }

    private sealed record Cohort(List<(PrequentialRow Row, bool IsActive)> Pending);

    private readonly record struct Proxy(PrequentialRow Row, int Week, bool IsActive);
}

/// <summary>What a replay gave.</summary>
/// <param name="TrainedCourses">How many courses the model was trained on.</param>
/// <param name="TrainedEnrolments">How many enrolments they had.</param>
/// <param name="Rows">The predictions, in the order of time.</param>
/// <param name="Alarms">The drift alarms, in the order of time.</param>
/// <param name="Calibration">The calibration after the last label.</param>
public sealed record PrequentialResult(
    int TrainedCourses, int TrainedEnrolments, IReadOnlyList<PrequentialRow> Rows, IReadOnlyList<PrequentialAlarm> Alarms, CalibrationSnapshot Calibration);

/// <summary>A drift alarm.</summary>
/// <param name="AtMs">When its label matured.</param>
/// <param name="Course">The course of that label.</param>
/// <param name="Labels">How many labels had matured.</param>
/// <param name="ShiftedLabels">How many of them were of shifted predictions.</param>
public sealed record PrequentialAlarm(long AtMs, CourseId Course, long Labels, int ShiftedLabels);
