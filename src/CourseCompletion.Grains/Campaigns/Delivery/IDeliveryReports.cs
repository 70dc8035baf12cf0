using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>Tells the learner how a delivery ended.</summary>
internal interface IDeliveryReports
{
    /// <summary>Returns when the end is durable. Safe to repeat; a failed one is repeated, and until one succeeds the delivery has not ended.</summary>
    Task ReportAsync(NudgeMessage message, DeliveryEnd end, CancellationToken cancellationToken);
}
