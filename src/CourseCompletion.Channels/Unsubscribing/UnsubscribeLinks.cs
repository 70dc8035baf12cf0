using CourseCompletion.Domain.Campaigns.Channels;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Channels.Unsubscribing;

/// <summary>Makes and reads links with the configured secrets.</summary>
internal sealed class UnsubscribeLinks(IOptions<UnsubscribeOptions> options) : IUnsubscribeLinks
{
    private readonly string[] _secrets = options.Value.PreviousSecret is { } previous ? [options.Value.Secret, previous] : [options.Value.Secret];

    public string For(UnsubscribeClaim claim) => $"{options.Value.Url.TrimEnd('/')}/unsubscribe/{UnsubscribeToken.Make(claim, options.Value.Secret)}";

    public UnsubscribeClaim? Read(string token) => UnsubscribeToken.Read(token, _secrets);
}
