using System.Collections.Concurrent;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Comments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Comments;

/// <summary>Reads the comments of this silo's learners, each tenant's with what its moderators have taught.</summary>
/// <remarks>What was taught is asked for anew when comments come, at most every ten seconds a tenant; nobody waits for the answer.</remarks>
internal sealed partial class TenantComments(
    ICommentReader reader, IGrainFactory grains, [FromKeyedServices(EngineTime.Key)] TimeProvider time, ILogger<TenantComments> log)
{
    private static readonly TimeSpan _askEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Taught> _tenants = new(StringComparer.Ordinal);

    /// <summary>The event with what its text says; itself when it has none.</summary>
    public LearnerEvent Read(LearnerEvent e, TenantId tenant)
    {
        if (string.IsNullOrEmpty(e.Text))
        {
            return e.Note is null ? e : e with { Note = null };
        }

        var taught = _tenants.GetOrAdd(tenant.Value, static _ => new());
        if (taught.IsDue(time, _askEvery))
        {
            _ = AskAsync(tenant, taught);
        }

        return e with { Note = CommentNote.Of(reader.Read(e.Text, taught.Adaptation)) };
    }

    private async Task AskAsync(TenantId tenant, Taught taught)
    {
        try
        {
            if (await grains.GetGrain<ICommentModelGrain>(tenant.Value).GetAsync(taught.Adaptation.Labels) is { } newer)
            {
                taught.Adaptation = newer;
            }
        }
        catch (Exception e)
        {
            LogNotAsked(log, tenant.Value, e);
        }
    }

    [LoggerMessage(2710, LogLevel.Warning, "What tenant {Tenant}'s labels taught about comments could not be read; asked again in some seconds.")]
    private static partial void LogNotAsked(ILogger log, string tenant, Exception exception);

    private sealed class Taught
    {
        private long _askedAt;

        public volatile CommentAdaptation Adaptation = CommentAdaptation.None;

        public bool IsDue(TimeProvider time, TimeSpan every)
        {
            var askedAt = Interlocked.Read(ref _askedAt);
            return (askedAt == 0 || time.GetElapsedTime(askedAt) >= every) && Interlocked.CompareExchange(ref _askedAt, Math.Max(1, time.GetTimestamp()), askedAt) == askedAt;
        }
    }
}
