using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Insights;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Grains.Insights;

/// <summary>What a course's team could change, and how it went where they did.</summary>
/// <remarks>
/// Key: <see cref="CourseKey"/>. Called by the gateway and backends; calls the course and its roster's shards. Only the fixes are stored. Looking through all rows costs some
/// milliseconds a shard, so however many ask, it is done at most every 30 s.
/// </remarks>
internal sealed class CourseInsightGrain(
    [PersistentState("insight", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time) : Grain, ICourseInsightGrain
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(30);

    // A peak may move by as much with new viewers and still be the same place.
    private const int SamePlace = 3;

    private readonly InsightPolicy _policy = InsightPolicy.Default;
    private CourseKey _key;
    private List<InsightFix> _fixes = [];
    private CourseLook? _look;
    private long _lookedAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = CourseKey.Parse(this.GetPrimaryKeyString());
        if (stored.RecordExists && !stored.State.Bytes.IsEmpty)
        {
            _fixes = InsightFix.Decode(stored.State.Bytes.Span);
        }

        return Task.CompletedTask;
    }

    public async ValueTask<CourseInsights?> GetAsync() => await LookAsync() is { } look ? View(look) : null;

    public async ValueTask<CourseInsights?> MarkFixedAsync(string id)
    {
        if (FindingId.Parse(id) is not var (kind, place) || await LookAsync() is not { } look)
        {
            return null;
        }

        // A fix of a place nearby is replaced unless that place is still found by itself.
        var known = FixOf(kind, place) is { } fix && (fix.Place == place || !look.Findings.Any(finding => finding.Kind == kind && finding.Place == fix.Place)) ? fix : null;
        if (known is null && !look.Findings.Any(finding => finding.Kind == kind && finding.Place == place))
        {
            return null;
        }

        var (reached, affected) = InsightRules.CountAt(kind, place, look.Sums, look.Leaving);
        var marked = new InsightFix(kind, place, NowMs, reached, affected);
        await StoreAsync([.. _fixes.Where(other => other != known).TakeLast(InsightFix.FixesMax - 1), marked]);
        var finding = look.Findings.FirstOrDefault(finding => finding.Kind == kind && finding.Place == place);
        return new(look.Course, [finding is null ? ViewOf(marked, look) : ViewOf(finding, marked, look)], look.EvaluatedAtMs);
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async ValueTask<CourseLook?> LookAsync()
    {
        if (_look is not null && time.GetElapsedTime(_lookedAt) < _lookEvery)
        {
            return _look;
        }

        if (await GrainFactory.GetGrain<ICourseGrain>(_key.Value).GetEngagementAsync() is not { } engagement)
        {
            return null;
        }

        var shards = await Task.WhenAll(
            Enumerable.Range(0, engagement.ShardCount).Select(shard => GrainFactory.GetGrain<IRosterGrain>(RosterKey.For(_key, shard).Value).GetLeavingAsync().AsTask()));
        var leaving = new LeavingSums();
        foreach (var shard in shards)
        {
            leaving.Merge(shard);
        }

        _look = new(engagement.Course, engagement.Sums, leaving, InsightRules.Find(engagement.Course, engagement.Sums, leaving, _policy), engagement.EvaluatedAtMs);
        _lookedAt = time.GetTimestamp();
        return _look;
    }

    private async Task StoreAsync(List<InsightFix> fixes)
    {
        stored.State.Bytes = InsightFix.Encode(fixes);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What is stored is not known any more.
            DeactivateOnIdle();
            throw;
        }

        _fixes = fixes;
    }

    private CourseInsights View(CourseLook look)
    {
        var found = look.Findings.Select(finding => ViewOf(finding, FixOf(finding.Kind, finding.Place), look)).ToList();
        var gone = _fixes.Where(fix => !look.Findings.Any(finding => FixOf(finding.Kind, finding.Place) == fix)).Select(fix => ViewOf(fix, look));
        return new(look.Course, [.. found, .. gone], look.EvaluatedAtMs);
    }

    private InsightFix? FixOf(FindingKind kind, FindingPlace place) =>
        _fixes.Where(fix => fix.Kind == kind && fix.Place.Lesson == place.Lesson && Math.Abs(fix.Place.Position - place.Position) <= SamePlace)
            .MinBy(fix => Math.Abs(fix.Place.Position - place.Position));

    private static InsightView ViewOf(CourseFinding finding, InsightFix? fix, CourseLook look) => new(
        FindingId.Of(finding.Kind, finding.Place),
        finding.Kind,
        finding.Place.Lesson,
        finding.Segment is { } segment ? new(segment.First, segment.Last, segment.RewatchZ, segment.PauseZ, segment.Confused) : null,
        finding.Reached,
        finding.Affected,
        finding.Expected,
        finding.CompletionsLost,
        fix is null ? null : ViewOfFix(fix, look));

    // What was fixed and is found no more.
    private static InsightView ViewOf(InsightFix fix, CourseLook look)
    {
        var (reached, affected) = InsightRules.CountAt(fix.Kind, fix.Place, look.Sums, look.Leaving);
        var segment = fix.Place.Position < 0 ? null : new SegmentView(fix.Place.Position, fix.Place.Position, 0, 0, 0);
        return new(FindingId.Of(fix.Kind, fix.Place), fix.Kind, fix.Place.Lesson, segment, reached, affected, 0, 0, ViewOfFix(fix, look));
    }

    private static FixView ViewOfFix(InsightFix fix, CourseLook look)
    {
        var (reached, affected) = InsightRules.CountAt(fix.Kind, fix.Place, look.Sums, look.Leaving);
        return new(fix.FixedAtMs, fix.Reached, fix.Affected, Math.Max(0, reached - fix.Reached), Math.Max(0, affected - fix.Affected));
    }

    private sealed record CourseLook(CourseDefinition Course, RosterSums Sums, LeavingSums Leaving, IReadOnlyList<CourseFinding> Findings, long EvaluatedAtMs);
}
