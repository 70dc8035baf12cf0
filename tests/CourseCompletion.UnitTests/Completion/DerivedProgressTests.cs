using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Completion;

public class DerivedProgressTests
{
    private static readonly string _course = LearnerEventGen.Courses[0];

    private static readonly Gen<LearnerEvent[]> _history =
        LearnerEventGen.History(50, 30).Select(history => history.Select(e => e with { Course = new CourseId(_course) }).ToArray());

    // After each event the definition in force: mostly the same one, now and then the next version, or an older one out of a stale cache.
    private static readonly Gen<(LearnerEvent[] History, CourseDefinition[] InForce)> _revised = Gen.Select(
        _history, CourseBuilder.Definition(_course).Array[3], Gen.Frequency<int>((10, Gen.Const(0)), (1, Gen.Const(1)), (1, Gen.Const(2))).Array[50]).Select(
        (history, versions, picks) => (
            history,
            history.Select((_, i) => picks[i] is var pick ? versions[pick] with { Version = pick + 1 } : null!).ToArray()));

    [Fact]
    public void Measure_StepByStepUnderAnyVersions_EqualsAMeasureMadeAnew() => _revised.Sample(
        (history, inForce) =>
        {
            var learner = new LearnerState();
            for (var i = 0; i < history.Length; i++)
            {
                var enrolment = LearnerRules.Fold(learner, history[i], (UInt128)i, LearnerPolicy.Default);
                var progress = ProgressRules.Measure(enrolment, inForce[i]);
                var anew = Decoded(learner);

                Assert.Equal(ProgressRules.Measure(anew, inForce[i]), progress);
                AssertSame(anew.Derived, enrolment.Derived, inForce[i].DueLessons);
            }
        },
        iter: 300);

    [Fact]
    public void Measure_AnyFacts_IsWhatTheDefinitionSaysLessonByLesson() => Gen.Select(_history, CourseBuilder.Definition(_course)).Sample(
        (history, course) =>
        {
            var enrolment = After(history);
            var progress = ProgressRules.Measure(enrolment, course);
            var required = course.Lessons.Where(l => l.Required).ToArray();
            var completed = required.Where(l => ProgressRules.IsCompleted(enrolment, l)).ToArray();
            var share = required.Length == 0 ? 0 : (double)completed.Sum(l => l.WeightMilli) / required.Sum(l => l.WeightMilli);

            Assert.Equal((completed.Length, required.Length, share), (progress.CompletedLessons, progress.RequiredLessons, progress.Share));
            Assert.Equal(
                course.Lessons.Sum(l => enrolment.FindLesson(l.Id)?.Coverage.LengthBelow(l.LengthMs) ?? 0),
                enrolment.Derived.KnownUniqueMs);
            Assert.Equal(
                1 + course.Lessons.ToList().FindLastIndex(l => enrolment.FindLesson(l.Id) is not null || enrolment.FindAssessment(l.Id) is not null),
                enrolment.Derived.Reached);
            Assert.Equal(enrolment.Lessons.Select(l => l.Id), enrolment.Derived.Lessons.Select(l => l.Lesson));
            foreach (var (lesson, contribution) in enrolment.Lessons.Zip(enrolment.Derived.Lessons))
            {
                var definition = course.FindLesson(lesson.Id);
                var lengthMs = definition?.LengthMs ?? 0;
                Assert.Equal((definition is not null, contribution.Completed || lesson.Coverage.LengthMs > 0), (contribution.Defined, contribution.Started));
                Assert.Equal(definition is null ? lesson.ReportedCompleted : ProgressRules.IsCompleted(enrolment, definition), contribution.Completed);
                Assert.Equal((lesson.Coverage.LengthBelow(lengthMs), lesson.Coverage.Hundredths(lengthMs)), (contribution.KnownUniqueMs, contribution.Reached));
            }
        },
        iter: 300);

    [Fact]
    public void Measure_MoreLessonsThanAWordHasBits_CountsEachOnce() => Gen.Select(Gen.Int[0, 199], Gen.Int[0, 250]).Array[1, 80].Sample(
        steps =>
        {
            // Lesson i falls due i hours after Monday; an earlier report that arrives later takes lateness back.
            var course = CourseBuilder.Course("algebra", [.. Enumerable.Range(0, 200).Select(
                i => CourseBuilder.Lesson($"{i}", LessonKind.Reading) with { DueAtMs = LearnerEventBuilder.MondayMs + (i * LearnerEventBuilder.HourMs) })]);
            var learner = new LearnerState();
            var hours = new Dictionary<int, int>();
            foreach (var (lesson, hour) in steps)
            {
                hours[lesson] = Math.Min(hour, hours.GetValueOrDefault(lesson, int.MaxValue));
                var e = LearnerEventBuilder.Event(EventKind.LessonCompleted, atMs: LearnerEventBuilder.MondayMs + (hour * LearnerEventBuilder.HourMs)) with { Lesson = $"{lesson}" };
                var enrolment = LearnerRules.Fold(learner, e, 0, LearnerPolicy.Default);
                ProgressRules.Measure(enrolment, course);

                Assert.Equal((hours.Count, hours.Count(h => h.Value > h.Key)), (enrolment.Derived.CompletedRequired, enrolment.Derived.Late));
                Assert.Equal(
                    Enumerable.Range(0, 201).Select(due => hours.Keys.Count(l => l < due)),
                    Enumerable.Range(0, 201).Select(enrolment.Derived.HandedInOfDue));
            }
        },
        iter: 100);

    [Fact]
    public void Measure_DefinedLesson_KeepsTheDefinitionsStringsInsteadOfTheEvents()
    {
        var course = CourseBuilder.Course("algebra", CourseBuilder.Video("lesson-1"));
        var copy = new string("lesson-1".AsSpan());
        var enrolment = LearnerRules.Fold(
            new LearnerState(), LearnerEventBuilder.Watched(copy, 0, 1000) with { Course = new(new string("algebra".AsSpan())) }, 0, LearnerPolicy.Default);
        ProgressRules.Measure(enrolment, course);

        Assert.Same(course.Course.Value, enrolment.Course.Value);
        Assert.Same(course.Lessons[0].Id, enrolment.Lessons[0].Id);
        Assert.Same(course.Lessons[0].Id, enrolment.Derived.Lessons[0].Lesson);
    }

    [Fact]
    public void Measure_ArrayHandedOut_IsNeverChanged() => Gen.Select(_history, CourseBuilder.Definition(_course)).Sample((history, course) =>
    {
        var learner = new LearnerState();
        var handedOut = new List<(LessonContribution[] Array, LessonContribution[] Then)>();
        for (var i = 0; i < history.Length; i++)
        {
            var enrolment = LearnerRules.Fold(learner, history[i], (UInt128)i, LearnerPolicy.Default);
            ProgressRules.Measure(enrolment, course);
            if (i % 3 == 0)
            {
                handedOut.Add((enrolment.Derived.Lessons, [.. enrolment.Derived.Lessons]));
            }
        }

        Assert.All(handedOut, lessons => Assert.Equal(lessons.Then, lessons.Array));
    });

    private static EnrolmentState After(LearnerEvent[] history)
    {
        var learner = new LearnerState();
        for (var i = 0; i < history.Length; i++)
        {
            LearnerRules.Fold(learner, history[i], (UInt128)i, LearnerPolicy.Default);
        }

        return learner.Enrolments[0];
    }

    // What is derived is not stored: a decoded enrolment starts without it.
    private static EnrolmentState Decoded(LearnerState learner) => LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner)).Enrolments[0];

    private static void AssertSame(DerivedProgress expected, DerivedProgress actual, int due)
    {
        Assert.Equal(
            (expected.DefinitionVersion, expected.CompletedRequired, expected.CompletedWeightMilli, expected.KnownUniqueMs, expected.Reached, expected.Late, expected.LatestScoresPpm),
            (actual.DefinitionVersion, actual.CompletedRequired, actual.CompletedWeightMilli, actual.KnownUniqueMs, actual.Reached, actual.Late, actual.LatestScoresPpm));
        Assert.Equal(expected.Lessons, actual.Lessons);
        Assert.Equal(Enumerable.Range(0, due + 1).Select(expected.HandedInOfDue), Enumerable.Range(0, due + 1).Select(actual.HandedInOfDue));
    }
}
