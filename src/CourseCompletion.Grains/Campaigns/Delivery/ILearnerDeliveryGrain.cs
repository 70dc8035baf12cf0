using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Learners;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>The side of a learner that has nudges delivered.</summary>
/// <remarks>Key: <see cref="LearnerKey"/>. Called by the silos' dispatchers and by the tenant's dead letters.</remarks>
[Alias("cc.ILearnerDeliveryGrain")]
[Version(1)]
internal interface ILearnerDeliveryGrain : IGrainWithStringKey
{
    /// <summary>Takes note that a delivery ended, and returns when that is durable. Safe to repeat.</summary>
    [Alias("EndDeliveryAsync")]
    [AlwaysInterleave]
    Task EndDeliveryAsync(string nudgeId, DeliveryEnd end);

    /// <summary>Has a nudge sent again that was refused or given up. Safe to repeat.</summary>
    /// <returns>Whether it is on its way, also if it was so before; false when the learner has nothing to send any more.</returns>
    [Alias("RedriveAsync")]
    [AlwaysInterleave]
    ValueTask<bool> RedriveAsync(string nudgeId, NudgeChannel channel);
}
