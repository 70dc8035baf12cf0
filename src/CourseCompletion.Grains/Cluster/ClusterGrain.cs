using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Cluster;
using CourseCompletion.Grains.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Cluster;

/// <inheritdoc cref="IClusterGrain"/>
/// <remarks>Keeps nothing: any silo answers for all.</remarks>
[StatelessWorker(1)]
internal sealed class ClusterGrain(
    IMembershipTable membership,
    ISiloStatusOracle seen,
    SiloReports reports,
    IOptions<SweepOptions> sweep,
    [FromKeyedServices(EngineTime.Key)] TimeProvider time) : Grain, IClusterGrain
{
    private static readonly TimeSpan _year = TimeSpan.FromDays(365);
    private static readonly TimeSpan _within = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _membersWithin = TimeSpan.FromSeconds(2);

    public async ValueTask<ClusterReport> GetAsync()
    {
        var (members, fault) = await MembersAsync();
        var silos = await Task.WhenAll(members.Select(StatusAsync));
        var answering = members.Where((_, i) => silos[i].Report is not null).Select(member => member.SiloAddress).ToArray();
        var grains = CountsAsync(answering);
        var lags = Task.WhenAll(Enumerable.Range(0, sweep.Value.Shards).Select(LagAsync));
        var letters = DeadLettersAsync();
        await Task.WhenAll(grains, lags, letters);
        var (marks, age) = (await lags).Aggregate((Marks: 0L, Age: 0L), (sum, lag) =>
            lag is { } known && sum.Age >= 0 ? (sum.Marks + known.MarksOverdue, Math.Max(sum.Age, known.SweptAgoMs)) : (sum.Marks + (lag?.MarksOverdue ?? 0), -1));
        var report = new ClusterReport(time.GetUtcNow().ToUnixTimeMilliseconds(), silos, await grains, marks, age, await letters, []);
        return report with { Findings = ClusterFindings.Of(report, fault) };
    }

    public async ValueTask<DrainOutcome> DrainAsync(string silo)
    {
        var active = (await MembersAsync()).Members.Where(member => member.Status == SiloStatus.Active).ToArray();
        var asked = Array.Find(active, member => AddressOf(member) == silo || member.SiloName == silo);
        if (asked is null)
        {
            return DrainOutcome.Unknown;
        }

        return active.Length == 1 ? DrainOutcome.Last : await reports.TryDrainAsync(asked.SiloAddress) ? DrainOutcome.Asked : DrainOutcome.NoAnswer;
    }

    public async ValueTask<int> PurgeAsync(TimeSpan deadFor)
    {
        var before = await StoredMembersAsync();
        var age = deadFor < TimeSpan.Zero ? TimeSpan.Zero : deadFor > _year ? _year : deadFor;
        await membership.CleanupDefunctSiloEntriesAsync(TimeProvider.System.GetUtcNow() - age, CancellationToken.None);
        return before.Length - (await StoredMembersAsync()).Length;
    }

    private async Task<MembershipEntry[]> StoredMembersAsync()
    {
        try
        {
            return Ordered((await membership.ReadAllAsync(CancellationToken.None)).Members.Select(member => member.Item1));
        }
        catch (Exception e)
        {
            throw new StoreUnavailableException("The list of silos cannot be read; try again.", e);
        }
    }

    // Where the list of silos cannot be read, which is when an operator asks: those that this silo knows of, and why.
    private async Task<(MembershipEntry[] Members, string? Fault)> MembersAsync()
    {
        try
        {
            return (await StoredMembersAsync().WaitAsync(_membersWithin), null);
        }
        catch (Exception e)
        {
            var known = seen.GetApproximateSiloStatuses().Select(silo => new MembershipEntry
            {
                SiloAddress = silo.Key,
                Status = silo.Value,
                SiloName = seen.TryGetSiloName(silo.Key, out var name) ? name : "",
            });
            return (Ordered(known), (e.InnerException ?? e).Message);
        }
    }

    private static MembershipEntry[] Ordered(IEnumerable<MembershipEntry> members) => [.. members.OrderBy(AddressOf, StringComparer.Ordinal)];

    private async Task<ClusterSilo> StatusAsync(MembershipEntry member) => new(
        AddressOf(member),
        member.SiloName,
        member.Status.ToString(),
        MsOf(member.StartTime),
        MsOf(member.IAmAliveTime),
        member.Status == SiloStatus.Active ? await reports.AskAsync(member.SiloAddress) : null);

    private async Task<GrainCount[]> CountsAsync(SiloAddress[] silos)
    {
        if (silos.Length == 0)
        {
            return [];
        }

        var counted = await GrainFactory.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(silos);
        return [.. counted
            .Where(count => count.GrainType.StartsWith(nameof(CourseCompletion), StringComparison.Ordinal))
            .GroupBy(count => count.GrainType.Split(',')[0].Split('.')[^1], count => (long)count.ActivationCount)
            .Select(kind => new GrainCount(kind.Key, kind.Sum()))
            .OrderByDescending(kind => kind.Activations).ThenBy(kind => kind.Kind, StringComparer.Ordinal)];
    }

    private async Task<SweepLag?> LagAsync(int shard)
    {
        try
        {
            return await GrainFactory.GetGrain<ISweepGrain>(shard).GetLagAsync().AsTask().WaitAsync(_within);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return null;
        }
    }

    private async Task<long> DeadLettersAsync()
    {
        try
        {
            return (await GrainFactory.GetGrain<IDeadLetterGrain>(DeadLetterKey.For(TenantId.Default).Value).ListAsync(0, 1).AsTask().WaitAsync(_within)).Total;
        }
        catch (Exception)
        {
            // The store does not answer: its own line says so.
            return -1;
        }
    }

    private static string AddressOf(MembershipEntry member) => member.SiloAddress.ToParsableString();

    private static long MsOf(DateTime utc) => utc == default ? 0 : new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
}
