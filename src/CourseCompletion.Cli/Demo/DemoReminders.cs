using CourseCompletion.Cli.Simulate;
using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Demo;

/// <summary>Follows the demo's campaign through its days: lets learners answer reminders, and tells the board how treatment and control do.</summary>
/// <remarks>
/// A reminder adds to a learner's day what <see cref="NudgeLaw"/> says that it adds to the chance of a return; it takes nothing away from sleeping dogs, whose days are lived already.
/// </remarks>
internal sealed class DemoReminders(EngagementClient client, DemoClass shown, DemoClock clock, DemoBoard board, string campaign)
{
    private const string Source = "demo-replies";
    private const int CallsAtOnce = 8;
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(1);

    private readonly NudgeLaw _law = new();
    private readonly Dictionary<string, LearnerLife[]> _lives = shown.Class.Lives.GroupBy(life => life.LearnerId).ToDictionary(lives => lives.Key, lives => lives.ToArray());
    private readonly Dictionary<string, RemindedLearner> _learners = shown.Class.Lives.Select(life => life.LearnerId).Distinct()
        .Select((learner, number) => (learner, new RemindedLearner(number))).ToDictionary();
    private int _day;
    private (long Sent, long WouldSend) _before;
    private (long Sent, long WouldSend) _seen;

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var report = (await client.Campaigns.GetCampaignReportAsync(new() { CampaignId = campaign }, cancellationToken: cancellationToken)).Report;
            var total = (report.Groups.Sum(group => group.Sent), report.Groups.Sum(group => group.WouldSend));
            if (isFirst)
            {
                (_day, _before, _seen) = (DemoActivity.DayOf(Now), total, total);
            }

            if (total != _seen || isFirst)
            {
                await Parallel.ForEachAsync(_learners, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken }, LookAsync);
            }

            if (DemoActivity.DayOf(Now) is var today && today != _day)
            {
                (_day, _before) = (today, _seen);
            }

            _seen = total;
            Tell(report, total);
            await Task.Delay(_every, cancellationToken);
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private void Tell(CampaignReport report, (long Sent, long WouldSend) total) => board.Take(new DemoCampaignNumbers(
        DateOnly.FromDateTime(Now),
        total.Sent - _before.Sent,
        total.WouldSend - _before.WouldSend,
        total.Sent,
        MeanStreak(AssignmentGroup.Treatment),
        MeanStreak(AssignmentGroup.Control),
        report.Effects.FirstOrDefault(effect => effect is { Metric: CampaignMetric.Return7Days, Triggered: false, TreatmentLearners: > 0, ControlLearners: > 0 })));

    private double? MeanStreak(AssignmentGroup group)
    {
        var now = Now;
        var streaks = _learners.Where(learner => learner.Value.Group == group)
            .SelectMany(learner => _lives[learner.Key].Select(life => shown.Activity.StreakOf(life.LearnerId, life.Course.Id, now)))
            .ToList();
        return streaks.Count == 0 ? null : streaks.Average();
    }

    private async ValueTask LookAsync(KeyValuePair<string, RemindedLearner> reminded, CancellationToken cancellationToken)
    {
        var (learner, state) = reminded;
        if (state.Group == AssignmentGroup.Unspecified)
        {
            var decisions = await client.Learners.ExplainNudgeAsync(new() { LearnerId = learner, CampaignId = campaign }, cancellationToken: cancellationToken);
            state.Group = decisions.Explanations.Select(decision => decision.Group).FirstOrDefault(group => group != AssignmentGroup.Unspecified);
        }

        if (state.Group != AssignmentGroup.Treatment)
        {
            return;
        }

        var inbox = await client.Learners.ListNudgesAsync(new() { LearnerId = learner, Limit = 1 }, cancellationToken: cancellationToken);
        if (inbox.Nudges is [var nudge] && nudge.NudgeId != state.LastNudge && nudge.CampaignId == campaign)
        {
            state.LastNudge = nudge.NudgeId;
            if (DemoActivity.DayOf(nudge.DecidedAt.ToDateTime()) == DemoActivity.DayOf(Now))
            {
                await AnswerAsync(learner, state, nudge, cancellationToken);
            }
        }
    }

    private async Task AnswerAsync(string learner, RemindedLearner state, Nudge nudge, CancellationToken cancellationToken)
    {
        var now = Now;
        var life = _lives[learner].First(life => life.Course.Id == nudge.CourseId);
        var streak = shown.Activity.StreakOf(learner, nudge.CourseId, now);
        var today = DemoActivity.DayOf(now);
        var fatigue = state.FatigueAt(today);
        var alone = NudgeLaw.AloneLogit(life.Nudges, shown.Activity.DaysSilent(learner, nudge.CourseId, now), streak);
        var left = HazardModel.Logistic(alone);
        var reminded = HazardModel.Logistic(alone + _law.NudgeLogit(life.Nudges, streak, hourMatch: 0.5, fatigue, state.IgnoredInRow));
        var returns = new Chance(shown.Class.Options.Seed, 15, state.Number, today).Hits(Math.Max(0, reminded - left) / (1 - left));
        state.Take(today, fatigue, returns);
        if (returns)
        {
            var events = ReturnOf(life, nudge, now).ToList();
            events.ForEach(shown.Activity.Take);
            board.Take(await await client.EnqueueBatchAsync(events, cancellationToken));
        }
    }

    // Opens the reminder, checks in and watches a minute and a half of the next lesson; the next lesson of a class that has none left is the first.
    private static IEnumerable<Event> ReturnOf(LearnerLife life, Nudge nudge, DateTime now)
    {
        var lesson = life.Course.Lessons[life.NextLesson() ?? 0];
        Event Of(int number) => new()
        {
            EventId = $"{nudge.NudgeId}-{number}",
            Source = Source,
            LearnerId = life.LearnerId,
            CourseId = life.Course.Id,
            OccurredAt = Timestamp.FromDateTime(now.AddMilliseconds(number)),
        };

        var opened = Of(1);
        (opened.NudgeOpened, opened.ObjectId) = (new(), nudge.NudgeId);
        yield return opened;
        var checkedIn = Of(2);
        checkedIn.CheckedIn = new();
        yield return checkedIn;
        if (!lesson.IsQuiz)
        {
            var watched = Of(3);
            (watched.VideoWatched, watched.LessonId) = (new() { From = 0, To = Math.Min(90, lesson.Seconds) }, lesson.Id);
            yield return watched;
        }
    }
}
