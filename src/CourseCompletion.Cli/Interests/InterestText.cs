using CourseCompletion.Cli.Comments;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Interests;

/// <summary>Writes interests as text.</summary>
internal static class InterestText
{
    /// <summary>A line an interest and one for each thing that speaks for it; then the learner's own words.</summary>
    public static void Write(TextWriter text, LearnerInterests? interests)
    {
        foreach (var interest in interests?.Interests ?? [])
        {
            text.WriteLine(FormattableString.Invariant($"interest  {interest.Topic}: {interest.Weight:P1}, trend {interest.Trend:+0.000;-0.000;0}{(interest.Verdict == InterestVerdict.Interested ? ", as the learner says" : "")}"));
            foreach (var evidence in interest.Evidence)
            {
                var place = evidence.Kind == InterestEvidenceKind.Searched ? $"'{evidence.Query}'" : evidence.LessonId.Length == 0 ? evidence.CourseId : $"{evidence.CourseId}/{evidence.LessonId}";
                var amount = evidence.Kind == InterestEvidenceKind.Watched ? FormattableString.Invariant($"{evidence.Amount:0} s") : FormattableString.Invariant($"{evidence.Amount:0} times");
                text.WriteLine($"  because {ProtoText.Name(evidence.Kind)} {place}, {amount}, last {ProtoText.At(evidence.At)}");
            }
        }

        foreach (var correction in interests?.Corrections ?? [])
        {
            text.WriteLine($"says      {correction.Topic}: {(correction.Verdict == InterestVerdict.Interested ? "interested" : "not interested")}");
        }
    }
    /// <summary>A line for the course, one a lesson, and a few for each term that emerges.</summary>
    public static void Write(TextWriter text, CourseTopicList topics, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(topics));
            return;
        }

        text.WriteLine($"course    {topics.CourseId}: {Line(topics.Topics)}");
        foreach (var lesson in topics.Lessons)
        {
            text.WriteLine($"lesson    {lesson.LessonId}: {Line(lesson.Topics)}");
        }

        foreach (var topic in topics.Feedback)
        {
            FeedbackText.Write(text, topic);
        }

        text.WriteLine($"comments  {topics.RecentLearners:N0} of the last 7 days, {topics.EarlierLearners:N0} older, as of {ProtoText.At(topics.EvaluatedAt)}");
        foreach (var topic in topics.Emerging)
        {
            text.WriteLine(FormattableString.Invariant($"emerging  {topic.Term}: {topic.RecentLearners} lately, {topic.EarlierLearners} before, p {topic.PValue:0.0000}"));
            foreach (var example in topic.Examples)
            {
                text.WriteLine($"  {ProtoText.At(example.OccurredAt)} {example.LearnerId}{(example.LessonId.Length == 0 ? "" : $" at {example.LessonId}")}: {example.Excerpt}");
            }
        }
    }

    private static string Line(IEnumerable<TopicWeight> topics) => string.Join(", ", topics.Take(10).Select(topic => FormattableString.Invariant($"{topic.Topic} {topic.Weight:P0}")));
}
