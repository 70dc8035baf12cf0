using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>Reports to learners' grains.</summary>
internal sealed class LearnerDeliveryReports(IGrainFactory grains) : IDeliveryReports
{
    public Task ReportAsync(NudgeMessage message, DeliveryEnd end, CancellationToken cancellationToken) =>
        grains.GetGrain<ILearnerDeliveryGrain>(LearnerKey.For(message.Tenant, message.Learner).Value).EndDeliveryAsync(message.NudgeId, end).WaitAsync(cancellationToken);
}
