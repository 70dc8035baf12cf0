using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Courses;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Learners;

/// <summary>Brings into memory what a learner's next append or read needs: course definitions and the days' identities.</summary>
internal sealed partial class LearnerCourses(LearnerKey learner, LearnerServices services)
{
    private readonly TenantId _tenant = learner.Tenant;
    private CourseId _lastCourse;
    private CourseKey _lastKey;

    /// <summary>The course of each event, or of each course to tell; null where it is not known or not needed.</summary>
    public async ValueTask<CourseEntry?[]> PrepareAsync(WaitingInput input, LearnerState state, LearnerRecorder recorder)
    {
        var courses = new CourseEntry?[input.Batch?.Events.Length ?? input.Courses.Length];
        for (var i = 0; i < courses.Length; i++)
        {
            var e = input.Batch?.Events[i];
            if (e is { Source: not null } && LearnerRules.SegmentToLoad(state, e) is { } segment)
            {
                var identities = await services.Journal.ReadSegmentAsync(learner, segment, CancellationToken.None);
                state.FindSource(segment.Source)!.FindDay(segment.Day)!.Load(identities);
            }

            var course = e?.Course ?? CourseKey.Parse(input.Courses[i]).Course;
            if (string.IsNullOrEmpty(course.Value))
            {
                continue;
            }

            courses[i] = i > 0 && courses[i - 1] is { } same && input.Batch?.Events[i - 1].Course == course ? same : await CourseOrNullAsync(KeyOf(course), e, input.Batch?.SentAtMs ?? 0, recorder);
        }

        return courses;
    }

    /// <summary>The courses of all enrolments.</summary>
    public async ValueTask<Dictionary<CourseId, CourseEntry>> OfEnrolmentsAsync(LearnerState state)
    {
        var courses = new Dictionary<CourseId, CourseEntry>();
        foreach (var course in state.Enrolments.Select(enrolment => enrolment.Course).ToArray())
        {
            courses[course] = await services.Catalog.GetAsync(KeyOf(course));
        }

        return courses;
    }

    private async ValueTask<CourseEntry?> CourseOrNullAsync(CourseKey key, LearnerEvent? forEvent, long sentAtMs, LearnerRecorder recorder)
    {
        if (forEvent is not null && services.Catalog.Find(key) is null && !recorder.WouldAccept(forEvent, sentAtMs, services.NowMs))
        {
            // Nothing comes of it whatever the course says, so it must not make a draft of one.
            return null;
        }

        try
        {
            return await services.Catalog.GetAsync(key);
        }
        catch (Exception e)
        {
            LogCourseUnavailable(services.Log, learner.Value, key.Value, e);
            return null;
        }
    }

    // Learners mostly stay in one course, and building a key's text costs more than comparing an id.
    private CourseKey KeyOf(CourseId course)
    {
        if (course != _lastCourse)
        {
            (_lastCourse, _lastKey) = (course, CourseKey.For(_tenant, course));
        }

        return _lastKey;
    }

    [LoggerMessage(2005, LogLevel.Warning, "Learner {Learner} could not reach course {Course}; its events are to be sent again.")]
    private static partial void LogCourseUnavailable(ILogger logger, string learner, string course, Exception e);
}
