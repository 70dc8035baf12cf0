using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Completion;

namespace CourseCompletion.Grains.Courses;

/// <summary>The predictions of a roster shard's learners: put aside week by week, kept with the rows, and told to the models' health once their labels matured.</summary>
/// <remarks>A prediction is let go of only after every model that made it was told; telling it again is safe. Proxy labels go the same way, a week after their prediction.</remarks>
internal sealed class RosterPredictions(RosterMembers members, RosterKey key, IGrainFactory grains)
{
    private const int LabelsPerCallMax = 2_000;

    private static readonly MaturityPolicy _maturity = MaturityPolicy.Default;
    private readonly CourseKey _course = key.Course;
    private Task _telling = Task.CompletedTask;

    /// <summary>Puts aside the predictions whose instant has come.</summary>
    public void Take(ModelsInForce models, CourseDefinition course, long nowMs)
    {
        var (champion, shadow) = (models.ChampionOf(_course.Tenant), models.ShadowOf(_course.Tenant));
        foreach (var member in members.All)
        {
            var next = PendingPredictionRules.Next(member.Pending, member.Row, course, champion, shadow, nowMs, _maturity);
            if (!ReferenceEquals(next, member.Pending))
            {
                members.SetPending(member, next);
            }
        }
    }

    /// <summary>Tells the labels that have matured, unless that is under way already. The task is not to be awaited by a call that takes its turn.</summary>
    public Task TellAsync(CourseDefinition course, long nowMs) => _telling.IsCompleted ? _telling = TellMaturedAsync(course, nowMs) : _telling;

    private async Task TellMaturedAsync(CourseDefinition course, long nowMs)
    {
        while (PageOf(member => ProxyPlaceOf(member, nowMs)) is { Count: > 0 } page)
        {
            var labels = ByModel(page, told => told.Pending.Proxy!, (told, prediction) =>
                new ProxyLabel(told.Place, told.Pending.Proxy!.Week, prediction.Logit, IsActiveAfter(told.Member.Row, told.Pending.Proxy!)));
            await Task.WhenAll(labels.Select(model => HealthOf(model.Key).TakeProxiesAsync(_course.Course.Value, key.Shard, [.. model.Value])));
            LetGo(page, pending => pending with { Proxy = null });
        }

        while (PageOf(member => LabelPlaceOf(member, course, nowMs)) is { Count: > 0 } page)
        {
            var labels = ByModel(page, told => told.Pending.Kept, (told, prediction) =>
                new MaturedLabel(
                    told.Place,
                    prediction.Logit,
                    prediction.ServedLogit,
                    told.Member.Row.Status == EnrolmentStatus.Completed,
                    GlobalHoldout.Includes(_course.Tenant, told.Member.Row.Learner, told.Pending.Kept.AtMs)));
            await Task.WhenAll(labels.Select(model => HealthOf(model.Key).TakeAsync(_course.Course.Value, key.Shard, [.. model.Value])));
            LetGo(page, _ => null);
        }
    }

    private IModelLearningGrain HealthOf(string model) => grains.GetGrain<IModelLearningGrain>(ModelHealthKey.For(_course.Tenant, model).Value);

    // Meanwhile the learner may have gone to another shard, or the next week have come: then it is told again, and left out there.
    private void LetGo(List<Told> page, Func<PendingPrediction, PendingPrediction?> without)
    {
        foreach (var told in page.Where(told => ReferenceEquals(told.Member.Pending, told.Pending)))
        {
            members.SetPending(told.Member, without(told.Pending));
        }
    }

    // The first of those that are due, in the order of their places.
    private List<Told> PageOf(Func<RosterMember, LabelPlace?> placeOf)
    {
        var due = new List<Told>();
        foreach (var member in members.All)
        {
            if (member.Pending is { } pending && placeOf(member) is { } place)
            {
                due.Add(new(place, member, pending));
            }
        }

        due.Sort((a, b) => a.Place.CompareTo(b.Place));
        return due.Count <= LabelsPerCallMax ? due : due[..LabelsPerCallMax];
    }

    private static LabelPlace? LabelPlaceOf(RosterMember member, CourseDefinition course, long nowMs) =>
        MaturityRules.MaturesAtMs(course, member.Row.EnrolledAtMs, _maturity) is var atMs && atMs <= nowMs ? new(atMs, KeyHash.Of(member.Row.Learner.Value)) : null;

    private static LabelPlace? ProxyPlaceOf(RosterMember member, long nowMs) =>
        member.Pending!.Proxy is { } proxy && PendingPredictionRules.HasProxyLabel(member.Pending, nowMs)
            ? new(proxy.AtMs + ProxyRules.WeekMs, KeyHash.Of(member.Row.Learner.Value))
            : null;

    private static bool IsActiveAfter(RosterRow row, TakenPrediction proxy) => row.LastActivityAtMs > proxy.AtMs && row.Status != EnrolmentStatus.Withdrawn;

    private static Dictionary<string, List<T>> ByModel<T>(List<Told> page, Func<Told, TakenPrediction> taken, Func<Told, ModelPrediction, T> labelOf)
    {
        var labels = new Dictionary<string, List<T>>(StringComparer.Ordinal);
        foreach (var told in page)
        {
            Add(told, taken(told).Champion);
            if (taken(told).Shadow is { } shadow)
            {
                Add(told, shadow);
            }
        }

        return labels;

        void Add(in Told told, in ModelPrediction prediction)
        {
            if (!labels.TryGetValue(prediction.Model, out var ofModel))
            {
                labels.Add(prediction.Model, ofModel = []);
            }

            ofModel.Add(labelOf(told, prediction));
        }
    }

    private readonly record struct Told(LabelPlace Place, RosterMember Member, PendingPrediction Pending);
}
