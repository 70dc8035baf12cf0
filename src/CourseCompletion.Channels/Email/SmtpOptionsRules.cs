using System.Net;
using CourseCompletion.Domain.Campaigns.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CourseCompletion.Channels.Email;

/// <summary>Which of the mail options go together.</summary>
internal sealed class SmtpOptionsRules(IServiceProviderIsService registered) : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (!string.IsNullOrEmpty(options.From) && !MailboxAddress.TryParse(options.From, out _))
        {
            faults.AddError("Channels:Smtp:From must be an address such as no-reply@learn.example or Learning <no-reply@learn.example>.");
        }

        if (options.ReplyTo is { } replyTo && !MailboxAddress.TryParse(replyTo, out _))
        {
            faults.AddError("Channels:Smtp:ReplyTo must be an address such as help@learn.example.");
        }

        if (options.User is null != options.Password is null)
        {
            faults.AddError("Set both Channels:Smtp:User and Channels:Smtp:Password, or neither.");
        }

        if (options.User is not null && options.Security == SmtpSecurity.None && !IsThisMachine(options.Host))
        {
            faults.AddError("Set Channels:Smtp:Security to StartTls or Tls: Channels:Smtp:Password would travel in the clear.");
        }

        if (!registered.IsService(typeof(IUnsubscribeLinks)))
        {
            faults.AddError("Set Channels:Unsubscribe:Url and Channels:Unsubscribe:Secret: every e-mail carries a link that ends such messages.");
        }

        return faults.Build();
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
