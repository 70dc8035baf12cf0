using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Prequential;

/// <summary>The forecast that things stay as they are: who was active, or silent, in the week before ends as those did whose labels matured last.</summary>
internal sealed class PersistenceBaseline
{
    private const int LabelsMax = 2_000;
    private static readonly double _weekSilent = PortableMath.Log1P(7 * 24);

    private readonly Recent _active = new();
    private readonly Recent _silent = new();

    /// <summary>Whether the vector's learner was active in the week before.</summary>
    public static bool IsActive(ReadOnlySpan<float> vector) => vector[FeatureIndex.HoursSilent] <= _weekSilent;

    /// <summary>The forecast.</summary>
    public double Forecast(bool isActive) => (isActive ? _active : _silent).Rate;

    /// <summary>Takes a matured label.</summary>
    public void Learn(bool isActive, bool completed) => (isActive ? _active : _silent).Add(completed);

    private sealed class Recent
    {
        private readonly Queue<bool> _labels = new(LabelsMax);
        private int _positives;

        public double Rate => (_positives + 0.5) / (_labels.Count + 1);

        public void Add(bool label)
        {
            if (_labels.Count == LabelsMax)
            {
                _positives -= _labels.Dequeue() ? 1 : 0;
            }

            _labels.Enqueue(label);
            _positives += label ? 1 : 0;
        }
    }
}
