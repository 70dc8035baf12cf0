using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Default;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.UnitTests.Completion.Training;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Default;

public class DefaultCompletionModelTests
{
    private const int BytesMax = 150_000;
    private const double RaiseBySilenceMax = 0.01;

    private static readonly AdditiveModel _function = DefaultCompletionModel.Load().Function;

    // A course that nobody defined, one with dates only, and one whose lessons have no dates.
    private static readonly CourseDefinition[] _courses =
    [
        CourseDefinition.Draft(new("draft"), 0),
        HistoryBuilder.Courses[0],
        CourseDefinition.Draft(new("lessons"), 0) with { Lessons = [new() { Id = "one", Required = true }, new() { Id = "two", Required = true }] },
    ];

    [Fact]
    public void Load_Resource_IsSmallAndPredictsCompletion()
    {
        var model = DefaultCompletionModel.Load();

        Assert.Equal((DefaultCompletionModel.Name, CompletionTarget.Passed), (model.Name, model.Target));
        Assert.InRange(DefaultCompletionModel.ReadBytes().Length, 1, BytesMax);
        Assert.Same(model, DefaultCompletionModel.Load());
    }

    [Fact]
    public void Sum_FeaturesThatAreNotPortable_ChangeNothing()
    {
        foreach (var vector in RealVectors())
        {
            var changed = (float[])vector.Clone();
            foreach (var feature in FeatureSelection.Parse(FeatureSelection.NotPortable).Where(i => i != FeatureIndex.ElapsedShare))
            {
                changed[feature] += 5;
            }

            Assert.Equal(_function.Sum(vector), _function.Sum(changed));
        }
    }

    [Fact]
    public void Score_ColdCourse_IsModerateAndFavoursWhoIsActive()
    {
        foreach (var course in _courses)
        {
            double[] scores = [Score(course, 21, 0, 0), Score(course, 21, 1, 14), Score(course, 21, 4, 7), Score(course, 21, 20, 1)];

            Assert.All(scores, score => Assert.InRange(score, 0.02, 0.98));
            Assert.True(scores[0] < 0.3 && scores[3] > 0.5, string.Join(' ', scores));
            Assert.True(scores[1] < scores[2] && scores[2] < scores[3], string.Join(' ', scores));
        }
    }

    // Nothing holds silence down as a whole, for the days of the course go by meanwhile: it is measured.
    [Fact]
    public void Score_Silence_LowersStepByStep()
    {
        foreach (var course in _courses)
        {
            foreach (var activeDays in new[] { 1, 5, 10, 20 })
            {
                var before = Score(course, activeDays, activeDays, 1);
                var first = before;
                for (var day = activeDays + 1; day < activeDays + 40; day++)
                {
                    var after = Score(course, day, activeDays, 1);
                    Assert.True(after <= before + RaiseBySilenceMax, $"{course.Course}, {activeDays} days active: {before} on day {day - 1}, {after} on day {day}");
                    before = after;
                }

                Assert.True(before < first - 0.1);
            }
        }
    }

    [Fact]
    public void Sum_MoreOfAConstrainedFeature_NeverGoesTheWrongWay()
    {
        var violations = 0;
        foreach (var vector in RealVectors())
        {
            for (var i = 0; i < CompletionFeatures.Count; i++)
            {
                foreach (var more in new[] { 0.05f, 0.5f, 3 })
                {
                    var changed = (float[])vector.Clone();
                    changed[i] += more;
                    violations += MonotoneFeatures.Signs[i] * (_function.Sum(changed) - _function.Sum(vector)) < -1e-5 ? 1 : 0;
                }
            }
        }

        Assert.Equal(0, violations);
    }

    private static double Score(CourseDefinition course, int asOfDay, int activeDays, int everyDays) =>
        PortableMath.Logistic(_function.Sum(VectorOf(course, asOfDay, [.. Enumerable.Range(0, activeDays).Select(i => i * everyDays)])));

    // Days on which the learner came back three times, told in single events.
    private static float[] VectorOf(CourseDefinition course, int asOfDay, int[] days)
    {
        var enrolled = HistoryBuilder.Received(Event(EventKind.Enrolled, "enrolled", MondayMs, course.Course.Value));
        var active = days.SelectMany(day => Enumerable.Range(0, 3).Select(time =>
            HistoryBuilder.Received(Event(EventKind.ActivityRecorded, $"{day}-{time}", MondayMs + (day * DayMs) + ((9 + (3 * time)) * HourMs), course.Course.Value))));
        float[] taken = [];
        LearnerReplay.Run(
            new(new("ada"), [enrolled, .. active]), _ => course, [new(course.Course, MondayMs + (asOfDay * DayMs) + (20 * HourMs))], (_, vector) => taken = vector.ToArray());
        return taken;
    }

    private static IEnumerable<float[]> RealVectors() =>
        SnapshotRows.Take(HistoryBuilder.Class(60), [], new InstantPlan(null, 2), CourseViews.All, null, CancellationToken.None).Training.Select(row => row.Vector);
}
