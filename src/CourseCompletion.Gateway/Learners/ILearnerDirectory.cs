using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.Gateway.Learners;

/// <summary>Finds the grain that keeps a learner.</summary>
/// <remarks>Replace it in the services to put other grains behind the gateway, as a benchmark does.</remarks>
public interface ILearnerDirectory
{
    /// <summary>The learner's grain.</summary>
    ILearnerGrain Find(LearnerKey key);
}

/// <summary>The directory of a cluster: every learner's own grain, of one class.</summary>
/// <remarks>
/// Asking the factory by interface resolves the type anew each time, which costs more than the rest of a local call. The first reference tells both types; all others are
/// made from them.
/// </remarks>
/// <param name="grains">The cluster's grains.</param>
/// <param name="className">The full name of the grain class, or null for the only one there is.</param>
public sealed class ClusterLearnerDirectory(IGrainFactory grains, string? className = null) : ILearnerDirectory
{
    private ReferenceType? _type;

    /// <inheritdoc/>
    public ILearnerGrain Find(LearnerKey key)
    {
        if (_type is not { } type)
        {
            var first = grains.GetGrain<ILearnerGrain>(key.Value, className);
            _type = new(first.GetGrainId().Type, ((GrainReference)first).InterfaceType);
            return first;
        }

        return (ILearnerGrain)grains.GetGrain(GrainId.Create(type.Grain, key.Value), type.Interface);
    }

    private sealed record ReferenceType(GrainType Grain, GrainInterfaceType Interface);
}
