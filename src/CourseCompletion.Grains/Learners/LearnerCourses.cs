using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Courses;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Learners;

/// <summary>Brings into memory what a learner's next append or read needs: course definitions and the days' identities.</summary>
internal sealed partial class LearnerCourses(LearnerServices services)
{
    /// <summary>Fills <see cref="LearnerRecorder.Courses"/> for the inputs; null where a course is not known or not needed. Mostly all of it is in memory, and nothing is awaited.</summary>
    public ValueTask PrepareAsync(LearnerKey learner, WaitingInput inputs, LearnerState state, LearnerRecorder recorder)
    {
        var tenant = learner.Tenant;
        var nowMs = services.NowMs;
        for (var input = inputs; input is not null; input = input.Next)
        {
            for (var i = 0; i < input.CourseCount; i++)
            {
                if (input.Batch?.Events[i] is not { Source: not null } e
                    || LearnerRules.SegmentToLoad(state, e) is not null
                    || services.Catalog.FindFresh(tenant, e.Course, nowMs) is not { } course)
                {
                    return new(FetchAsync(learner, input, i, state, recorder));
                }

                recorder.Courses.Add(course);
            }
        }

        return default;
    }

    /// <summary>The courses of all enrolments.</summary>
    public async ValueTask<Dictionary<CourseId, CourseEntry>> OfEnrolmentsAsync(LearnerKey learner, LearnerState state)
    {
        var courses = new Dictionary<CourseId, CourseEntry>();
        foreach (var course in state.Enrolments.Select(enrolment => enrolment.Course).ToArray())
        {
            courses[course] = await services.Catalog.GetAsync(learner.Tenant, course);
        }

        return courses;
    }

    // Goes on from where something was not in memory.
    private async Task FetchAsync(LearnerKey learner, WaitingInput inputs, int from, LearnerState state, LearnerRecorder recorder)
    {
        for (var input = inputs; input is not null; input = input.Next)
        {
            for (var i = input == inputs ? from : 0; i < input.CourseCount; i++)
            {
                var e = input.Batch?.Events[i];
                if (e is { Source: not null } && LearnerRules.SegmentToLoad(state, e) is { } segment)
                {
                    var identities = await services.Journal.ReadSegmentAsync(learner, segment, CancellationToken.None);
                    state.FindSource(segment.Source)!.FindDay(segment.Day)!.Load(identities);
                }

                var course = e?.Course ?? CourseKey.Parse(input.Courses[i]).Course;
                recorder.Courses.Add(string.IsNullOrEmpty(course.Value) ? null : await CourseOrNullAsync(learner, course, e, input.Batch?.SentAtMs ?? 0, recorder));
            }
        }
    }

    private async ValueTask<CourseEntry?> CourseOrNullAsync(LearnerKey learner, CourseId course, LearnerEvent? forEvent, long sentAtMs, LearnerRecorder recorder)
    {
        var tenant = learner.Tenant;
        if (forEvent is not null && services.Catalog.Find(tenant, course) is null && !recorder.WouldAccept(forEvent, sentAtMs, services.NowMs))
        {
            // Nothing comes of it whatever the course says, so it must not make a draft of one.
            return null;
        }

        try
        {
            return await services.Catalog.GetAsync(tenant, course);
        }
        catch (Exception e)
        {
            LogCourseUnavailable(services.Log, learner.Value, course.Value, e);
            return null;
        }
    }

    [LoggerMessage(2005, LogLevel.Warning, "Learner {Learner} could not reach course {Course}; its events are to be sent again.")]
    private static partial void LogCourseUnavailable(ILogger logger, string learner, string course, Exception e);
}
