using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Completion;

internal sealed partial class CompletionIndexGrain
{
    [LoggerMessage(2150, LogLevel.Warning, "The completion index of tenant {Tenant} could not be stored; its courses report again.")]
    private static partial void LogStoreFailed(ILogger logger, string tenant, Exception e);
}
