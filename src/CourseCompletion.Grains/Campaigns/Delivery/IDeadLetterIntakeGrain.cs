using CourseCompletion.Domain.Campaigns.Delivery;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>The side of a tenant's dead letters that takes them.</summary>
/// <remarks>Key: <see cref="DeadLetterKey"/>. Called by the silos' dispatchers.</remarks>
[Alias("cc.IDeadLetterIntakeGrain")]
[Version(1)]
internal interface IDeadLetterIntakeGrain : IGrainWithStringKey
{
    /// <summary>Takes letters, and returns when they are durable. Safe to repeat.</summary>
    [Alias("TakeAsync")]
    Task TakeAsync([Immutable] DeadLetter[] letters);
}
