using CourseCompletion.Channels.Email;
using CourseCompletion.Channels.Unsubscribing;
using CourseCompletion.Channels.Webhooks;
using CourseCompletion.Domain.Campaigns.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Channels;

/// <summary>Registers the channels that are configured.</summary>
public static class Hosting
{
    /// <summary>Adds a sender for each channel whose section is there, and unsubscribe links if theirs is. What is not configured does not exist; what is configured badly refuses the start.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        if (configuration.GetSection(UnsubscribeOptions.Section).Exists())
        {
            services.AddChecked<UnsubscribeOptions, UnsubscribeOptionsRules>(configuration, UnsubscribeOptions.Section);
            services.AddSingleton<IUnsubscribeLinks, UnsubscribeLinks>();
        }

        if (configuration.GetSection(WebhookOptions.Section).Exists())
        {
            services.AddChecked<WebhookOptions, WebhookOptionsRules>(configuration, WebhookOptions.Section);
            services.AddWebhookClient();
            services.AddSingleton<INudgeSender, WebhookSender>();
        }

        if (configuration.GetSection(SmtpOptions.Section).Exists())
        {
            services.AddChecked<SmtpOptions, SmtpOptionsRules>(configuration, SmtpOptions.Section);
            services.AddSingleton<INudgeSender, SmtpSender>();
        }

        return services;
    }

    private static void AddChecked<TOptions, TRules>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TRules : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TRules>();
    }

    private static void AddWebhookClient(this IServiceCollection services) => services
        .AddHttpClient(WebhookSender.ClientName, static (provider, client) => client.Timeout = provider.GetRequiredService<IOptions<WebhookOptions>>().Value.Timeout)
        .ConfigurePrimaryHttpMessageHandler(static provider => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = provider.GetRequiredService<IOptions<WebhookOptions>>().Value.ConnectionsMax,

            // So that a receiver that moves to another address is followed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)

        // The factory's own log would show the whole address, in which a receiver may have hidden a key.
        .RemoveAllLoggers();
}
