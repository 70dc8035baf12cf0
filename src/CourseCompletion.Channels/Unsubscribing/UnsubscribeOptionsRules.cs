using Microsoft.Extensions.Options;

namespace CourseCompletion.Channels.Unsubscribing;

/// <summary>Which addresses links may begin with.</summary>
internal sealed class UnsubscribeOptionsRules : IValidateOptions<UnsubscribeOptions>
{
    public ValidateOptionsResult Validate(string? name, UnsubscribeOptions options) =>
        string.IsNullOrEmpty(options.Url)
        || (Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)) && url.Query.Length + url.Fragment.Length == 0)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Channels:Unsubscribe:Url must be an absolute address that begins with https://, without a query: mail programs call it for the learner.");
}
