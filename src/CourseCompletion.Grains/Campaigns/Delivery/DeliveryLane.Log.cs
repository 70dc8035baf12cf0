using CourseCompletion.Domain.Campaigns.Channels;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Campaigns.Delivery;

internal sealed partial class DeliveryLane
{
    [LoggerMessage(2400, LogLevel.Error, "Nudge {Nudge} of {Tenant}: the sender of {Channel} threw, which none should; it is attempted again.")]
    private static partial void LogSenderThrew(ILogger logger, string tenant, string nudge, NudgeChannel channel, Exception e);

    [LoggerMessage(2401, LogLevel.Warning, "Nudge {Nudge} of {Tenant}: how its delivery by {Channel} ended could not be reported {Failures} times; it is reported again.")]
    private static partial void LogNotReported(ILogger logger, string tenant, string nudge, NudgeChannel channel, int failures, Exception e);

    [LoggerMessage(2402, LogLevel.Error, "Nudge {Nudge} of {Tenant}: its delivery by {Channel} broke; its learner offers it again.")]
    private static partial void LogBroke(ILogger logger, string tenant, string nudge, NudgeChannel channel, Exception e);
}
