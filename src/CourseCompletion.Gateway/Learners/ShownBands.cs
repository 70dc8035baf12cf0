using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.Gateway.Learners;

/// <summary>Which bands a watcher was shown: silence changes a band without an event.</summary>
internal sealed class ShownBands
{
    private readonly Dictionary<CourseId, CompletionBand> _bands = [];

    /// <summary>Notes what is shown.</summary>
    public void Note(IEnumerable<EnrolmentView> enrolments)
    {
        foreach (var enrolment in enrolments)
        {
            _bands[enrolment.Course] = enrolment.Band;
        }
    }

    /// <summary>The enrolments whose band is another than was shown, or was never shown.</summary>
    public EnrolmentView[] ChangedOf(EnrolmentView[] enrolments) =>
        Array.FindAll(enrolments, enrolment => !_bands.TryGetValue(enrolment.Course, out var shown) || shown != enrolment.Band);
}
