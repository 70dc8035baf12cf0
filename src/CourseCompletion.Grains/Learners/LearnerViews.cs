using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Explanations;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Profiles;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Abstractions.Recommendations;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Interests;

namespace CourseCompletion.Grains.Learners;

/// <summary>How a learner's state is shown to readers.</summary>
internal readonly struct LearnerViews(LearnerKey learner, LearnerState state, LearnerServices services)
{
    public LearnerProfile Profile(long? asOfMs, Dictionary<CourseId, CourseEntry> courses)
    {
        var views = new List<EnrolmentView>(state.Enrolments.Count);
        foreach (var enrolment in state.Enrolments)
        {
            if (Enrolment(enrolment, asOfMs, courses) is { } view)
            {
                views.Add(view);
            }
        }

        return new()
        {
            LearnerId = learner.Learner.Value,
            Version = new(services.Identity.Incarnation, state.Sequence),
            EventCount = state.EventCount,
            FirstEventAtMs = state.EventCount == 0 ? 0 : state.FirstEventAtMs,
            LastEventAtMs = state.LastEventAtMs,
            Sources = [.. state.Sources.Select(s => new SourceView(s.Name, s.NewestAtMs, s.FloorDay * LearnerTime.DayMs))],
            Enrolments = [.. views],
            Learning = LearningProfileRules.Of(state, DefinitionsOf(courses), AsOf(asOfMs)),
            Interests = InterestViews.Of(state, courses, AsOf(asOfMs)),
        };
    }

    public LearnerChange Change(long sinceSequence, Dictionary<CourseId, CourseEntry> courses)
    {
        var views = new List<EnrolmentView>();
        foreach (var enrolment in state.Enrolments)
        {
            if (enrolment.ChangedAtSequence > sinceSequence && Enrolment(enrolment, null, courses) is { } view)
            {
                views.Add(view);
            }
        }

        return new(new(services.Identity.Incarnation, state.Sequence), [.. views], sinceSequence == 0);
    }

    /// <summary>Where the learner stands in an enrolment's check-ins now.</summary>
    public CheckInsAnswer CheckIns(EnrolmentState enrolment, CheckInPlan plan, Dictionary<CourseId, CourseEntry> courses)
    {
        var clock = courses.TryGetValue(enrolment.Course, out var entry) && entry.Definition is { } course ? state.ClockIn(course) : state.Clock;
        return new(CheckInsStatus.Found, StreakRules.StandingAt(enrolment.CheckIns, plan, clock, services.NowMs), plan.GoalDays);
    }

    /// <summary>What the learner does best next in an enrolment's course; nothing while its definition is not known.</summary>
    public NextClipView[] NextClips(EnrolmentState enrolment, int limit, Dictionary<CourseId, CourseEntry> courses) =>
        courses.TryGetValue(enrolment.Course, out var entry) && entry.Definition is { } course
            ? [.. NextClipRules.Rank(state, enrolment, course, AsOf(null), limit).Select(clip =>
                new NextClipView(clip.Lesson, clip.Title, clip.Kind, clip.LengthMs, clip.StartMs, clip.Reason, clip.Text, clip.Score))]
            : [];

    /// <summary>The enrolment as of an instant; null when its course became known only after the reader gathered the definitions.</summary>
    public EnrolmentView? Enrolment(EnrolmentState enrolment, long? asOfMs, Dictionary<CourseId, CourseEntry> courses)
    {
        if (!courses.TryGetValue(enrolment.Course, out var entry) || entry.Definition is not { } course)
        {
            return null;
        }

        var nowMs = AsOf(asOfMs);
        var vector = new float[CompletionFeatures.Count];
        var predictor = services.Models.Current.ChampionOf(learner.Tenant).For(enrolment.Course);
        var conclusion = CompletionRules.Conclude(state, enrolment, course, predictor, nowMs, vector);
        var isOpen = enrolment.Status == EnrolmentStatus.Active && !conclusion.Completes;
        var explanation = isOpen ? CompletionExplainer.Explain(vector, course, predictor) : null;
        var (low, high) = isOpen
            ? CompletionIntervals.OfProbability(PortableMath.Logit(conclusion.Probability), predictor.DeviationOf(vector))
            : (conclusion.Probability, conclusion.Probability);
        return new()
        {
            Course = enrolment.Course,
            Status = enrolment.Status,
            Attempt = enrolment.Attempt,
            EnrolledAtMs = enrolment.IsEnrolled ? enrolment.EnrolledAtMs : 0,
            CompletedAtMs = enrolment.CompletedAtMs,
            LastActivityAtMs = enrolment.LastActivityAtMs,
            Progress = vector[FeatureIndex.Progress],
            DefinitionVersion = course.Version,
            Probability = conclusion.Probability,
            EvaluatedAtMs = nowMs,
            ModelVersion = predictor.ModelVersion,
            ProbabilityLow = low,
            ProbabilityHigh = high,
            Stop = isOpen && predictor.StopOf(vector) is { } stop ? new(stop.WeeksAhead, stop.Probability, stop.ByTheEnd) : null,
            Band = CompletionRules.BandOf(enrolment, conclusion, course, predictor, services.Bands, nowMs),
            Features = vector,
            KindCounts = [.. enrolment.KindCounts],
            Likes = enrolment.Likes,
            Bookmarks = enrolment.Bookmarks,
            ActiveDays = enrolment.ActiveDays.Count,
            CheckInDays = enrolment.CheckInDays.Count,
            Sessions = enrolment.Sessions,
            Assessments = enrolment.Assessments.Count,
            ScoreMean = vector[FeatureIndex.ScoreMean],
            Lessons = [.. Lessons(enrolment, course)],
            FactHash = FactHash.Of(enrolment),
            Reasons = [.. (explanation?.Reasons ?? []).Select(reason => new ReasonView(reason.Ground, reason.Text, reason.Contribution))],
            NextStep = explanation?.NextStep is { } step ? new(step.Text, step.After) : null,
        };
    }

    /// <summary>Whether a course that the learner takes, and that goes on, is at risk or nearly lost now.</summary>
    public bool IsAnyAtRisk(Dictionary<CourseId, CourseEntry> courses)
    {
        var nowMs = AsOf(null);
        var champion = services.Models.Current.ChampionOf(learner.Tenant);
        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        foreach (var enrolment in state.Enrolments)
        {
            if (enrolment.Status != EnrolmentStatus.Active || courses.GetValueOrDefault(enrolment.Course)?.Definition is not { } course || course.EndsAtMs <= nowMs)
            {
                continue;
            }

            var predictor = champion.For(enrolment.Course);
            var conclusion = CompletionRules.Conclude(state, enrolment, course, predictor, nowMs, vector);
            if (!conclusion.Completes && CompletionRules.BandOf(enrolment, conclusion, course, predictor, services.Bands, nowMs) is CompletionBand.AtRisk or CompletionBand.Lost)
            {
                return true;
            }
        }

        return false;
    }

    private long AsOf(long? asOfMs) => asOfMs ?? Math.Max(services.NowMs, state.LastEventAtMs);

    private CourseDefinition?[] DefinitionsOf(Dictionary<CourseId, CourseEntry> courses)
    {
        var definitions = new CourseDefinition?[state.Enrolments.Count];
        for (var i = 0; i < definitions.Length; i++)
        {
            definitions[i] = courses.GetValueOrDefault(state.Enrolments[i].Course)?.Definition;
        }

        return definitions;
    }

    private static IEnumerable<LessonView> Lessons(EnrolmentState enrolment, CourseDefinition course)
    {
        for (var i = 0; i < enrolment.Lessons.Count; i++)
        {
            var lesson = enrolment.Lessons[i];
            var definition = course.FindLesson(lesson.Id);
            yield return new(
                lesson.Id,
                lesson.Coverage.LengthMs,
                lesson.WatchedMs,
                definition?.LengthMs ?? 0,
                definition is null ? 0 : ProgressRules.WatchedShare(lesson, definition),
                enrolment.Derived.Lessons[i].Completed,
                lesson.FirstAtMs);
        }
    }
}
