using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Courses;

/// <summary>Writes courses and their numbers as text.</summary>
internal static class CourseText
{
    /// <summary>A definition.</summary>
    public static void Write(TextWriter text, Course course, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(course));
            return;
        }

        text.WriteLine($"course   {course.CourseId} '{course.Title}', version {course.Version}{(course.Draft ? ", a draft" : "")}");
        text.WriteLine($"runs     {ProtoText.At(course.StartsAt)} to {ProtoText.At(course.EndsAt)}, zone {course.TimeZone}");
        text.WriteLine($"complete {course.CompletionRule?.ToString() ?? "all required lessons"}");
        foreach (var lesson in course.Lessons)
        {
            text.WriteLine($"lesson   {lesson.LessonId} '{lesson.Title}', {ProtoText.Name(lesson.Kind)}, {lesson.Length?.ToTimeSpan().TotalSeconds ?? 0:N0} s, due {ProtoText.At(lesson.DueAt)}");
        }
    }

    /// <summary>The numbers: a few lines, and one a lesson.</summary>
    public static void Write(TextWriter text, Protocol.V1.Engagement numbers, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(numbers));
            return;
        }

        text.WriteLine($"course       {numbers.CourseId} as of {ProtoText.At(numbers.EvaluatedAt)}");
        text.WriteLine($"learners     {numbers.Enrolled:N0} enrolled, {numbers.ActiveToday:N0} active today, {numbers.ActiveLast7Days:N0} in 7 days, {numbers.Completed:N0} completed, {numbers.Withdrawn:N0} withdrawn");
        text.WriteLine($"completion   mean {ProtoText.Percent(numbers.MeanCompletionProbability)}, {numbers.ExpectedCompletions:N1} expected ({numbers.ExpectedCompletionsLow:N1} to {numbers.ExpectedCompletionsHigh:N1} in 80 of 100 cases)");
        text.WriteLine($"bands        {numbers.Bands?.OnTrack:N0} on track, {numbers.Bands?.Slipping:N0} slipping, {numbers.Bands?.AtRisk:N0} at risk, {numbers.Bands?.Lost:N0} lost");
        text.WriteLine($"probability  {string.Join(' ', numbers.ProbabilityHistogram)}");
        text.WriteLine($"engagement   {numbers.WatchSeconds / 3600:N1} h watched, {numbers.Likes:N0} likes, {numbers.Comments:N0} comments, {numbers.Shares:N0} shares, {numbers.Questions:N0} questions, {numbers.Answers:N0} answers, {numbers.CheckIns:N0} check-ins");
        foreach (var lesson in numbers.Lessons)
        {
            text.WriteLine($"lesson       {lesson.LessonId}: {lesson.Started:N0} started, {lesson.Completed:N0} completed");
        }
    }

    /// <summary>The three layers, and a bar for each contribution.</summary>
    public static void Write(TextWriter text, CompletionIndex index, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(index));
            return;
        }

        text.WriteLine($"course    {index.CourseId}, the 28 days to {ProtoText.At(index.EvaluatedAt)}, {ProtoText.Percent(index.ElapsedShare)} elapsed");
        text.WriteLine($"expected  {index.ExpectedCompletions:N1} completions, {ProtoText.Percent(index.MeanCompletionProbability)} of the learners: the sum of their probabilities");
        WriteRate(text, "R", index.Recommended, "recommended or promoted");
        WriteRate(text, "I", index.Interacting, "interacting");
        WriteRate(text, "P", index.Promoted, "enrolled after it");
        text.WriteLine(FormattableString.Invariant($"sum       RI + RP + IP = {index.Sum:0.0000} as counted"));
        text.WriteLine(FormattableString.Invariant($"index     {index.Index.Value:0.0000} ({index.Index.Low:0.0000} to {index.Index.High:0.0000}): an index, not a probability"));
        text.WriteLine(FormattableString.Invariant(
            $"C, index  {Percents(index.IndexProbability)}, b {index.Slope.Value:0.00} ({index.Slope.Low:0.00} to {index.Slope.High:0.00}), {(index.SlopeIdentified ? "association" : "not identified")}"));
        text.WriteLine(FormattableString.Invariant($"C, rates  {Percents(index.Probability)}, learned from {index.LearnedOutcomes:0.#} outcomes in {index.LearnedCourses} courses"));
        foreach (var term in index.Contributions)
        {
            text.WriteLine(FormattableString.Invariant(
                $"  {NameOf(term.Term),-22} {term.Logit.Value,6:+0.00;-0.00;0.00} ({term.Logit.Low:+0.00;-0.00;0.00} to {term.Logit.High:+0.00;-0.00;0.00}) {Bar(term.Logit.Value),-20} {LabelOf(term.Label)}"));
        }
    }

    /// <summary>The numbers on one line.</summary>
    public static void WriteLine(TextWriter text, Protocol.V1.Engagement numbers, bool isJson)
    {
        text.WriteLine(isJson
            ? ProtoText.Json(numbers)
            : $"{ProtoText.At(numbers.EvaluatedAt)}  enrolled {numbers.Enrolled:N0}  active today {numbers.ActiveToday:N0}  completed {numbers.Completed:N0}  "
                + $"mean completion {ProtoText.Percent(numbers.MeanCompletionProbability)}  likes {numbers.Likes:N0}  comments {numbers.Comments:N0}  watched {numbers.WatchSeconds / 3600:N1} h");
    }

    private static void WriteRate(TextWriter text, string name, IndexRate rate, string what) =>
        text.WriteLine($"{name}         {rate.Count:N0} of {rate.Of:N0} {what}; shrunk {Percents(rate.Rate)}");

    private static string Percents(IntervalEstimate share) => $"{ProtoText.Percent(share.Value)} ({ProtoText.Percent(share.Low)} to {ProtoText.Percent(share.High)})";

    // A tenth of a logit a sign, at most two logits.
    private static string Bar(double logit) => new(logit < 0 ? '-' : '+', (int)Math.Min(20, Math.Round(Math.Abs(logit) * 10)));

    private static string NameOf(IndexTerm term) => term switch
    {
        IndexTerm.Recommended => "R",
        IndexTerm.Interacting => "I",
        IndexTerm.Promoted => "P",
        IndexTerm.RecommendedInteracting => "R x I",
        IndexTerm.RecommendedPromoted => "R x P",
        IndexTerm.InteractingPromoted => "I x P",
        IndexTerm.Elapsed => "elapsed",
        IndexTerm.Course => "the course itself",
        _ => "unknown",
    };

    private static string LabelOf(IndexLabel label) => label switch
    {
        IndexLabel.NotIdentified => "not identified",
        IndexLabel.Association => "association",
        IndexLabel.Effect => "effect",
        _ => "",
    };
}
