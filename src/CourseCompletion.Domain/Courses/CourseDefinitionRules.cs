using System.Text;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using NodaTime;

namespace CourseCompletion.Domain.Courses;

/// <summary>What makes a course definition well-formed.</summary>
public static class CourseDefinitionRules
{
    /// <summary>The longest title, in bytes of UTF-8.</summary>
    public const int TitleBytesMax = 512;

    /// <summary>How many tags a course may have.</summary>
    public const int TagsMax = 64;

    /// <summary>How many prerequisites a course may have.</summary>
    public const int PrerequisitesMax = 16;

    /// <summary>The longest lesson: 48 hours.</summary>
    public const long LengthMsMax = LearnerEventRules.PositionMsMax;

    /// <summary>Every fault of a definition; empty when it is well-formed. Field names are those of the wire, below <c>course</c>.</summary>
    public static IReadOnlyList<Rejection> Check(CourseDefinition course)
    {
        var faults = new List<Rejection>();
        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                faults.Add(new(RejectionReason.InvalidField, field, message));
            }
        }

        if (LearnerEventRules.CheckId(course.Course.Value, "course.course_id", required: true) is { } badId)
        {
            faults.Add(badId);
        }

        Require(Encoding.UTF8.GetByteCount(course.Title) <= TitleBytesMax, "course.title", $"Shorten the title to at most {TitleBytesMax} bytes of UTF-8.");
        Require(course.Tags.Count <= TagsMax, "course.tags", $"Give at most {TagsMax} tags.");
        var seenTags = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < course.Tags.Count; i++)
        {
            Require(seenTags.Add(course.Tags[i]), $"course.tags[{i}]", $"Give each tag once: '{course.Tags[i]}' stands twice.");
            if (LearnerEventRules.CheckId(course.Tags[i], $"course.tags[{i}]", required: true) is { } badTag)
            {
                faults.Add(badTag);
            }
        }

        CheckPrerequisites(course, faults, Require);
        Require(DateTimeZoneProviders.Tzdb.Ids.Contains(course.TimeZone), "course.time_zone", "Send an IANA time zone such as Europe/Berlin.");
        Require(
            course.StartsAtMs is null || course.EndsAtMs is null || course.StartsAtMs < course.EndsAtMs,
            "course.ends_at",
            "Let the course end after it starts.");
        Require(course.Lessons.Count <= CourseDefinition.LessonsMax, "course.lessons", $"Give at most {CourseDefinition.LessonsMax} lessons.");
        CheckLessons(course, faults, Require);
        CheckRule(course, faults, Require);
        return faults;
    }

    private static void CheckPrerequisites(CourseDefinition course, List<Rejection> faults, Action<bool, string, string> require)
    {
        require(course.Prerequisites.Count <= PrerequisitesMax, "course.prerequisites", $"Give at most {PrerequisitesMax} prerequisites.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < course.Prerequisites.Count; i++)
        {
            var (id, field) = (course.Prerequisites[i], $"course.prerequisites[{i}]");
            require(seen.Add(id), field, $"Give each prerequisite once: '{id}' stands twice.");
            require(id != course.Course.Value, field, "Give other courses only: a course cannot be its own prerequisite.");
            if (LearnerEventRules.CheckId(id, field, required: true) is { } bad)
            {
                faults.Add(bad);
            }
        }
    }

    private static void CheckLessons(CourseDefinition course, List<Rejection> faults, Action<bool, string, string> require)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < course.Lessons.Count; i++)
        {
            var lesson = course.Lessons[i];
            var at = $"course.lessons[{i}]";
            if (LearnerEventRules.CheckId(lesson.Id, $"{at}.lesson_id", required: true) is { } badId)
            {
                faults.Add(badId);
                continue;
            }

            require(seen.Add(lesson.Id), $"{at}.lesson_id", $"Give each lesson an id of its own: '{lesson.Id}' stands twice.");
            require(Encoding.UTF8.GetByteCount(lesson.Title) <= TitleBytesMax, $"{at}.title", $"Shorten the title to at most {TitleBytesMax} bytes of UTF-8.");
            require(lesson.Kind <= LessonKind.Other, $"{at}.kind", "Send one of the known kinds of lesson.");
            require(lesson.LengthMs is >= 0 and <= LengthMsMax, $"{at}.length", "Send a length from 0 to 48 hours.");
            require(lesson.Weight is > 0 and <= 1e6, $"{at}.weight", "Send a weight above 0 and at most 1,000,000.");
            require(lesson.CompletionThreshold is > 0 and <= 1, $"{at}.completion_threshold", "Send a threshold above 0 and at most 1.");
            CheckSceneChanges(lesson, at, require);
        }
    }

    private static void CheckSceneChanges(LessonDefinition lesson, string at, Action<bool, string, string> require)
    {
        var positions = lesson.SceneChanges.PositionsMs;
        if (positions.Length > SceneChanges.PositionsMax)
        {
            require(false, $"{at}.scene_changes", $"Give at most {SceneChanges.PositionsMax} scene changes.");
            return;
        }

        // The first fault is enough: one place too early makes all that follow look wrong.
        for (var i = 0; i < positions.Length; i++)
        {
            if (positions[i] is < 0 or > LengthMsMax || (i > 0 && positions[i] <= positions[i - 1]))
            {
                require(false, $"{at}.scene_changes[{i}]", "Send seconds from the video's start, 0 to 172,800, in ascending order.");
                return;
            }
        }
    }

    private static void CheckRule(CourseDefinition course, List<Rejection> faults, Action<bool, string, string> require)
    {
        require(course.Rule.Kind <= CompletionRuleKind.Assessment, "course.completion_rule", "Send one of the known completion rules.");
        switch (course.Rule.Kind)
        {
            case CompletionRuleKind.Share:
                require(course.Rule.Share is > 0 and <= 1, "course.completion_rule.share", "Send a share above 0 and at most 1.");
                break;
            case CompletionRuleKind.Assessment:
                require(course.Rule.Share is >= 0 and <= 1, "course.completion_rule.assessment.min_score_share", "Send a score share from 0 to 1.");
                if (LearnerEventRules.CheckId(course.Rule.Assessment, "course.completion_rule.assessment.object_id", required: true) is { } bad)
                {
                    faults.Add(bad);
                }

                break;
        }
    }
}
