using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Completion;

namespace CourseCompletion.Grains.Courses;

/// <summary>The predictions of a roster shard's learners: put aside week by week, kept with the rows, and told to the models' health once their labels matured.</summary>
/// <remarks>A prediction is let go of only after every model that made it was told; telling it again is safe.</remarks>
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
        while (Matured(course, nowMs) is { Count: > 0 } page)
        {
            await Task.WhenAll(LabelsByModel(page).Select(model =>
                grains.GetGrain<IModelLearningGrain>(ModelHealthKey.For(_course.Tenant, model.Key).Value).TakeAsync(_course.Course.Value, key.Shard, [.. model.Value])));
            foreach (var told in page)
            {
                // Meanwhile the learner may have gone to another shard, or completed; the label was the one that matured.
                if (ReferenceEquals(told.Member.Pending, told.Pending))
                {
                    members.SetPending(told.Member, null);
                }
            }
        }
    }

    private List<MaturedMember> Matured(CourseDefinition course, long nowMs)
    {
        var matured = new List<MaturedMember>();
        foreach (var member in members.All)
        {
            if (member.Pending is { } pending && MaturityRules.MaturesAtMs(course, member.Row.EnrolledAtMs, _maturity) is var at && at <= nowMs)
            {
                matured.Add(new(new(at, KeyHash.Of(member.Row.Learner.Value)), member, pending));
            }
        }

        matured.Sort((a, b) => a.Place.CompareTo(b.Place));
        return matured.Count <= LabelsPerCallMax ? matured : matured[..LabelsPerCallMax];
    }

    private static Dictionary<string, List<MaturedLabel>> LabelsByModel(List<MaturedMember> page)
    {
        var labels = new Dictionary<string, List<MaturedLabel>>(StringComparer.Ordinal);
        foreach (var (place, member, pending) in page)
        {
            var completed = member.Row.Status == EnrolmentStatus.Completed;
            Add(pending.Champion);
            if (pending.Shadow is { } shadow)
            {
                Add(shadow);
            }

            void Add(in ModelPrediction prediction)
            {
                if (!labels.TryGetValue(prediction.Model, out var ofModel))
                {
                    labels.Add(prediction.Model, ofModel = []);
                }

                ofModel.Add(new(place, prediction.Logit, prediction.ServedLogit, completed));
            }
        }

        return labels;
    }

    private readonly record struct MaturedMember(LabelPlace Place, RosterMember Member, PendingPrediction Pending);
}
