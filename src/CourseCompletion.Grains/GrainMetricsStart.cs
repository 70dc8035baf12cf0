using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.Grains.Completion;

namespace CourseCompletion.Grains;

/// <summary>Has what alerts look at exported from the silo's start, at zero: a counter that begins with its first trouble shows no increase.</summary>
internal sealed class GrainMetricsStart : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(GrainMetricsStart), ServiceLifecycleStage.Active, _ =>
    {
        GrainMetrics.Announce();
        DeliveryMetrics.Announce();
        ModelMetrics.Announce();
        return Task.CompletedTask;
    });
}
