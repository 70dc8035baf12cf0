using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Domain.Campaigns.Delivery;

/// <summary>How the delivery of a nudge through one channel ended.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Status">Delivered, refused or given up.</param>
/// <param name="AtMs">When, by the engine's clock.</param>
/// <param name="Attempts">How many attempts were made; 0 when the channel is not configured.</param>
/// <param name="Reason">Why it was not delivered, in a few words without addresses or contents; "" when it was.</param>
public sealed record DeliveryEnd(NudgeChannel Channel, DeliveryStatus Status, long AtMs, int Attempts, string Reason);
