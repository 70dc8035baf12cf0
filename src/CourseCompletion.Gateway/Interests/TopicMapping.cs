using CourseCompletion.Domain.Interests;
using CourseCompletion.Gateway.Comments;
using CourseCompletion.Grains.Abstractions.Interests;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Interests;

/// <summary>Puts what courses are about on the wire.</summary>
internal static class TopicMapping
{
    public static Wire.CourseTopicList ToWire(CourseTopicsView view)
    {
        var topics = view.Course.Topics;
        var wire = new Wire.CourseTopicList
        {
            CourseId = view.Course.Course.Value,
            Topics = { topics.Course.Select(ToWire) },
            RecentLearners = view.Recent,
            EarlierLearners = view.Earlier,
            EvaluatedAt = TimestampMapping.From(view.EvaluatedAtMs),
            DefinitionVersion = view.Course.Version,
            Emerging = { view.Emerging.Select(ToWire) },

            // A silo of an earlier release knows none.
            Feedback = { (view.Feedback ?? []).Select(CommentMapping.ToWire) },
        };
        for (var i = 0; i < view.Course.Lessons.Count; i++)
        {
            if (topics.OfLesson(i) is { Count: > 0 } lesson)
            {
                wire.Lessons.Add(new Wire.LessonTopics { LessonId = view.Course.Lessons[i].Id, Topics = { lesson.Select(ToWire) } });
            }
        }

        return wire;
    }

    private static Wire.TopicWeight ToWire(TopicShare topic) => new() { Topic = topic.Topic, Weight = topic.Share };

    private static Wire.EmergingTopic ToWire(EmergingView topic) => new()
    {
        Term = topic.Term,
        RecentLearners = topic.Recent,
        EarlierLearners = topic.Earlier,
        PValue = topic.PValue,
        Examples = { topic.Examples.Select(ToWire) },
    };

    private static Wire.TopicExample ToWire(CommentExample comment) => new()
    {
        LearnerId = comment.Learner,
        OccurredAt = TimestampMapping.From(comment.AtMs),
        Excerpt = comment.Excerpt,
        LessonId = comment.Lesson,
    };
}
