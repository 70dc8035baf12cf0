using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Comments;

/// <summary>Writes what is said in a course as text.</summary>
internal static class FeedbackText
{
    /// <summary>The totals, and a line for each aspect and lesson.</summary>
    public static void Write(TextWriter text, Feedback feedback, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(feedback));
            return;
        }

        text.WriteLine($"course    {feedback.CourseId} as of {ProtoText.At(feedback.EvaluatedAt)}: {Of(feedback.Totals)}, {feedback.Totals.Urgent:N0} urgent, {feedback.Totals.Spam:N0} spam, {feedback.WithdrawalReasons:N0} reasons for leaving");
        if (feedback.Ratings is { Learners: > 0 } ratings)
        {
            text.WriteLine($"ratings   {Of(ratings)} (1 to 5 stars: {string.Join(", ", ratings.ByStars.Select(count => $"{count:N0}"))})");
        }

        if (feedback.Recommend is { Learners: > 0 } recommend)
        {
            text.WriteLine(FormattableString.Invariant(
                $"recommend net promoter score {recommend.Score:0} (+-{recommend.Margin:0}) of {recommend.Learners:N0}: {recommend.Promoters:N0} would, {recommend.Passives:N0} passive, {recommend.Detractors:N0} would not"));
        }

        text.WriteLine($"lately    {Of(feedback.Recent)}");
        foreach (var tone in feedback.Tones.Where(tone => tone.Learners > 0 || tone.WithdrawalReasons > 0))
        {
            text.WriteLine($"tone      {Of(tone)}");
        }

        foreach (var aspect in feedback.Aspects)
        {
            text.WriteLine($"aspect    {ProtoText.Name(aspect.Aspect),-12} {Of(aspect.Totals)}, {aspect.WithdrawalReasons:N0} left for it");
            foreach (var tone in aspect.Tones.Where(tone => tone.Learners > 0))
            {
                text.WriteLine($"  {Of(tone)}");
            }
        }

        foreach (var lesson in feedback.Lessons)
        {
            text.WriteLine($"lesson    {lesson.LessonId}: {Of(lesson.Totals)}, lately {Of(lesson.Recent)}{(lesson.Ratings is { } stars ? $", {Of(stars)}" : "")}");
        }
    }

    /// <summary>A line a comment.</summary>
    public static void Write(TextWriter text, ListCommentsResponse answer, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(answer));
            return;
        }

        foreach (var comment in answer.Comments)
        {
            var place = comment.HasPosition ? FormattableString.Invariant($"{comment.LessonId} at {comment.Position:0} s") : comment.LessonId;
            text.WriteLine($"{ProtoText.At(comment.OccurredAt)}  {comment.LearnerId}  {place}  content {ProtoText.Percent(comment.Reading.Positive)}, confused {ProtoText.Percent(comment.Reading.Confused)}  {OneLine(comment.Excerpt)}");
        }
    }

    /// <summary>A line a topic that learners wrote about.</summary>
    public static void Write(TextWriter text, TopicFeedback topic) => text.WriteLine(
        $"said of   {topic.Topic}: {Of(topic.Totals)}, {topic.WithdrawalReasons:N0} left for it{Judged(topic.Ratings, topic.Recommend)}");

    private static string Of(RecentContentment recent) => FormattableString.Invariant($"content {ProtoText.Percent(recent.Positive)} of {recent.Weight:0.0} texts");

    private static string Of(ToneFeedback tone) =>
        $"{ProtoText.Name(tone.Tone)}: {tone.Learners:N0} learners, {tone.Withdrawn:N0} withdrew{Judged(tone.Ratings, tone.Recommend)}{(tone.WithdrawalReasons > 0 ? $", {tone.WithdrawalReasons:N0} such reasons for leaving" : "")}";

    private static string Judged(RatingTotals? ratings, RecommendTotals? recommend) =>
        (ratings is null ? "" : $", {Of(ratings)}")
        + (recommend is null ? "" : FormattableString.Invariant($", net promoter score {recommend.Score:0} of {recommend.Learners:N0}"));

    private static string Of(RatingTotals ratings) => FormattableString.Invariant($"{ratings.MeanStars:0.0} stars of {ratings.Learners:N0}");

    private static string Of(CommentTotals totals) => $"{totals.Texts:N0} texts, content {ProtoText.Percent(totals.MeanPositive)}, {totals.Confused:N0} confused";

    // What learners wrote must not move the cursor or begin a line of its own.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
