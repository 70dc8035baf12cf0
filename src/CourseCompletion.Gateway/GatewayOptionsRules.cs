using Microsoft.Extensions.Options;

namespace CourseCompletion.Gateway;

/// <summary>Which of the gateway's options go together.</summary>
internal sealed class GatewayOptionsRules : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (options.RetryAfterMin > options.RetryAfterMax)
        {
            faults.AddError("Gateway:RetryAfterMin must not exceed Gateway:RetryAfterMax.");
        }

        if (options.LearnerCallTimeout > options.DrainTimeout)
        {
            faults.AddError("Gateway:DrainTimeout must be at least Gateway:LearnerCallTimeout, so that what was read is answered before a shutdown ends.");
        }

        if (options.MessageBytesMax > options.InFlightBytesMax)
        {
            faults.AddError("Gateway:InFlightBytesMax must be at least Gateway:MessageBytesMax, so that every message fits.");
        }

        return faults.Build();
    }
}
