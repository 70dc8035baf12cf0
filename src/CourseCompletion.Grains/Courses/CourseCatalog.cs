using System.Collections.Concurrent;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Courses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Courses;

/// <summary>The silo's cache of course definitions, so that an event costs no call to its course.</summary>
/// <remarks>
/// Definitions are immutable versions; an entry older than <see cref="FreshMs"/> is still used while a newer one is fetched, so a change reaches every silo within seconds.
/// Bounded: the whole cache is dropped at <see cref="EntriesMax"/> and refills.
/// </remarks>
internal sealed partial class CourseCatalog(IGrainFactory grains, [FromKeyedServices(EngineTime.Key)] TimeProvider time, ILogger<CourseCatalog> log)
{
    private const long FreshMs = 2_000;
    private const int EntriesMax = 20_000;

    private readonly ConcurrentDictionary<(TenantId Tenant, CourseId Course), CourseEntry> _entries = new();
    private readonly ConcurrentDictionary<CourseKey, Lazy<Task<CourseEntry>>> _fetches = new();

    /// <summary>The course's entry; from memory when there is one.</summary>
    public ValueTask<CourseEntry> GetAsync(TenantId tenant, CourseId course) =>
        FindFresh(tenant, course, time.GetUtcNow().ToUnixTimeMilliseconds()) is { } entry ? new(entry) : new(FetchAsync(CourseKey.For(tenant, course)));

    /// <summary>The course's entry if it is in memory and still good; one with an older definition is, and a newer one is fetched meanwhile.</summary>
    public CourseEntry? FindFresh(TenantId tenant, CourseId course, long nowMs)
    {
        // A batch from a caller that bypasses the gateway may name no course at all.
        if (course.Value is null || Find(tenant, course) is not { } entry)
        {
            return null;
        }

        if (nowMs - entry.FetchedAtMs > FreshMs)
        {
            if (entry.Definition is null)
            {
                return null;
            }

            _ = RefreshAsync(entry.Key);
        }

        return entry;
    }

    /// <summary>The course's entry, however old, if there is one in memory.</summary>
    public CourseEntry? Find(TenantId tenant, CourseId course) => _entries.GetValueOrDefault((tenant, course));

    /// <summary>Takes over a definition that the caller just learned of.</summary>
    public void Learn(CourseKey course, CourseAdmission admission)
    {
        if (_entries.Count >= EntriesMax)
        {
            _entries.Clear();
        }

        _entries[(course.Tenant, course.Course)] = ToEntry(course, admission);
    }

    private CourseEntry ToEntry(CourseKey course, CourseAdmission admission) =>
        new(course, admission.Definition, Math.Max(1, admission.ShardCount), admission.Rejection, time.GetUtcNow().ToUnixTimeMilliseconds());

    // Concurrent callers share one call; who fails, fails for all of them and the next caller asks again. It runs outside of the caller's activation, which may go away.
    // It starts only once it stands in the dictionary: a call that ended before would stay there, and its answer would never be renewed.
    private Task<CourseEntry> FetchAsync(CourseKey course) => _fetches.GetOrAdd(
        course,
        static (key, self) => new(() => Task.Factory
            .StartNew(() => self.FetchOnceAsync(key), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default)
            .Unwrap()),
        this).Value;

    private async Task<CourseEntry> FetchOnceAsync(CourseKey course)
    {
        try
        {
            var admission = await grains.GetGrain<ICourseGrain>(course.Value).AdmitAsync();
            Learn(course, admission);
            return ToEntry(course, admission);
        }
        finally
        {
            _fetches.TryRemove(course, out _);
        }
    }

    private async Task RefreshAsync(CourseKey course)
    {
        if (_fetches.ContainsKey(course))
        {
            return;
        }

        try
        {
            await FetchAsync(course);
        }
        catch (Exception e)
        {
            LogRefreshFailed(log, course.Value, e);
        }
    }

    [LoggerMessage(2100, LogLevel.Warning, "The definition of course {Course} could not be refreshed; the one in memory stays in use.")]
    private static partial void LogRefreshFailed(ILogger logger, string course, Exception e);
}
