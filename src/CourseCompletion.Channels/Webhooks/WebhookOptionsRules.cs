using Microsoft.Extensions.Options;

namespace CourseCompletion.Channels.Webhooks;

/// <summary>Which addresses nudges may be posted to.</summary>
internal sealed class WebhookOptionsRules : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        if (string.IsNullOrEmpty(options.Url))
        {
            // The annotation says so already.
            return ValidateOptionsResult.Success;
        }

        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            return ValidateOptionsResult.Fail("Channels:Webhook:Url must be an absolute address that begins with https://.");
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return ValidateOptionsResult.Fail("Channels:Webhook:Url must have neither a user nor a fragment: requests are signed with Channels:Webhook:Secret.");
        }

        return url.Scheme == "https" || url.IsLoopback || options.AllowHttp
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Channels:Webhook:Url must begin with https://; set Channels:Webhook:AllowHttp=true to send over a network that you trust.");
    }
}
