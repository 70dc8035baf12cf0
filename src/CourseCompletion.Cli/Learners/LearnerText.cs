using System.Globalization;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Interests;
using CourseCompletion.Cli.Profiles;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Learners;

/// <summary>Writes learners and enrolments as text.</summary>
internal static class LearnerText
{
    /// <summary>A profile: a few lines, and one an enrolment.</summary>
    public static void Write(TextWriter text, Learner learner, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(learner));
            return;
        }

        text.WriteLine($"learner   {learner.LearnerId}");
        text.WriteLine($"events    {learner.EventCount:N0}, from {ProtoText.At(learner.FirstEventAt)} to {ProtoText.At(learner.LastEventAt)}");
        foreach (var source in learner.Sources)
        {
            text.WriteLine($"source    {source.Name}, newest {ProtoText.At(source.NewestOccurredAt)}, takes events from {ProtoText.At(source.Floor)}");
        }

        foreach (var enrolment in learner.Enrolments)
        {
            text.WriteLine(
                $"course    {enrolment.CourseId}: {ProtoText.Name(enrolment.Status)}, progress {ProtoText.Percent(enrolment.Progress)}, "
                + $"completes with {ProtoText.Percent(enrolment.Completion?.Probability)}, last active {ProtoText.At(enrolment.LastActivityAt)}");
        }

        if (learner.Profile is { } profile)
        {
            ProfileText.Write(text, profile);
        }

        InterestText.Write(text, learner.Interests);
    }

    /// <summary>Everything of one enrolment.</summary>
    public static void Write(TextWriter text, Enrolment enrolment, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(enrolment));
            return;
        }

        text.WriteLine($"learner    {enrolment.LearnerId} in {enrolment.CourseId}: {ProtoText.Name(enrolment.Status)}, attempt {enrolment.Attempt}");
        text.WriteLine($"completes  with {ProtoText.Percent(enrolment.Completion?.Probability)} ({ProtoText.Name(enrolment.Completion?.Band ?? CompletionBand.Unspecified)}, {enrolment.Completion?.ModelVersion}, as of {ProtoText.At(enrolment.Completion?.EvaluatedAt)})");
        if (enrolment.Completion is { ProbabilityHigh: > 0 } completion)
        {
            text.WriteLine($"between    {ProtoText.Percent(completion.ProbabilityLow)} and {ProtoText.Percent(completion.ProbabilityHigh)}, in 80 of 100 groups of such learners");
            if (completion.Stop is { } stop)
            {
                text.WriteLine($"stops      most likely {(stop.WeeksAhead == 0 ? "this week" : $"in {stop.WeeksAhead} weeks")} ({ProtoText.Percent(stop.Probability)}), {ProtoText.Percent(stop.ByTheEnd)} before the end");
            }
        }

        foreach (var reason in enrolment.Completion?.Reasons ?? [])
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"because    {reason.Text}: {reason.Contribution:+0.00;-0.00}"));
        }

        if (enrolment.Completion?.NextStep is { } step)
        {
            text.WriteLine($"next step  {step.Text}: {ProtoText.Percent(enrolment.Completion.Probability)} -> {ProtoText.Percent(step.Probability)}");
        }

        text.WriteLine($"progress   {ProtoText.Percent(enrolment.Progress)}, active on {enrolment.ActiveDays} days, enrolled {ProtoText.At(enrolment.EnrolledAt)}, last active {ProtoText.At(enrolment.LastActivityAt)}");
        var counts = enrolment.Counts ?? new();
        text.WriteLine(
            $"counts     {counts.Sessions} sessions, {counts.Likes} likes, {counts.Comments} comments, {counts.Shares} shares, "
            + $"{counts.QuestionsAsked} questions, {counts.QuestionsAnswered} answers, {counts.CheckInDays} check-in days, "
            + $"{counts.AssessmentsSubmitted} assessments (mean score {ProtoText.Percent(counts.HasMeanScoreShare ? counts.MeanScoreShare : null)})");
        foreach (var lesson in enrolment.Lessons)
        {
            text.WriteLine(
                $"lesson     {lesson.LessonId}: watched {ProtoText.Percent(lesson.WatchedShare)} of {lesson.LengthSeconds:N0} s"
                + $" ({lesson.TotalWatchedSeconds:N0} s with repeats){(lesson.Completed ? ", complete" : "")}");
        }

        foreach (var feature in enrolment.Features?.Features ?? [])
        {
            text.WriteLine($"feature    {feature.Name} = {feature.Value}");
        }
    }

    /// <summary>A change: one line an enrolment.</summary>
    public static void WriteChange(TextWriter text, WatchLearnerResponse change, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(change));
            return;
        }

        foreach (var enrolment in change.Enrolments)
        {
            text.WriteLine(
                $"{ProtoText.At(enrolment.LastActivityAt)}  {enrolment.CourseId}  {ProtoText.Name(enrolment.Status)}  "
                + $"completes {ProtoText.Percent(enrolment.Completion?.Probability)}  progress {ProtoText.Percent(enrolment.Progress)}  "
                + $"active days {enrolment.ActiveDays}  events {change.Learner.EventCount:N0}");
        }
    }

    /// <summary>The sources after a repair.</summary>
    public static void Write(TextWriter text, ResetWatermarkResponse answer, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(answer));
            return;
        }

        foreach (var source in answer.Sources)
        {
            text.WriteLine(source.NewestOccurredAt is null
                ? $"{source.Name}: reset; the next event sets it anew"
                : $"{source.Name}: newest {ProtoText.At(source.NewestOccurredAt)}, takes events from {ProtoText.At(source.Floor)}");
        }
    }
}
