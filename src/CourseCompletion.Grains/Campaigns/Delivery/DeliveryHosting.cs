using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>Registers what delivers nudges. Channels are added beside it.</summary>
internal static class DeliveryHosting
{
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeliveryOptions>().Bind(configuration.GetSection(DeliveryOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IDeliveryReports, LearnerDeliveryReports>();
        services.AddSingleton(s => new DeadLetterOutbox(
            (tenant, letters) => s.GetRequiredService<IGrainFactory>().GetGrain<IDeadLetterIntakeGrain>(tenant.Value).TakeAsync(letters),
            s.GetRequiredKeyedService<TimeProvider>(EngineTime.Key)));
        services.AddSingleton<NudgeDispatcher>();
        return services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<NudgeDispatcher>());
    }
}
