using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Comments;

namespace CourseCompletion.Gateway.Comments;

/// <summary>Finds the grains that read comments.</summary>
public interface ICommentDirectory
{
    /// <summary>How a tenant's comments are read.</summary>
    ICommentModelGrain Find(TenantId tenant);
}

/// <summary>The directory of a cluster.</summary>
internal sealed class ClusterCommentDirectory(IGrainFactory grains) : ICommentDirectory
{
    public ICommentModelGrain Find(TenantId tenant) => grains.GetGrain<ICommentModelGrain>(tenant.Value);
}
