using System.Security.Cryptography;
using System.Text;
using CourseCompletion.Domain.Campaigns.Channels;
using MimeKit;

namespace CourseCompletion.Channels.Email;

/// <summary>Makes e-mails of nudges.</summary>
internal static class MailComposer
{
    /// <summary>The e-mail of a nudge; null when the learner's address is none.</summary>
    public static MimeMessage? Compose(NudgeMessage nudge, SmtpOptions options, DateTimeOffset now)
    {
        if (!MailboxAddress.TryParse(nudge.Address, out var to) || !to.Address.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        var from = MailboxAddress.Parse(options.From);
        var mail = new MimeMessage
        {
            Subject = OneLine(nudge.Subject),
            Date = now,
            MessageId = MessageIdOf(nudge, from),
            Body = BodyOf(nudge),
        };
        mail.From.Add(from);
        mail.To.Add(new MailboxAddress(null, to.Address));
        if (options.ReplyTo is { } replyTo)
        {
            mail.ReplyTo.Add(MailboxAddress.Parse(replyTo));
        }

        // So that holiday notices and the like are not sent in answer (RFC 3834).
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        if (nudge.UnsubscribeUrl is { } url)
        {
            // One click in the mail program ends such messages, without a page in between (RFC 2369, RFC 8058).
            mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{OneLine(url)}>");
            mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return mail;
    }

    /// <summary>The same for every attempt, so that a mail server or program that got two can tell. A hash, because ids may have letters that no message id has.</summary>
    public static string MessageIdOf(NudgeMessage nudge, MailboxAddress from)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{nudge.Tenant}\n{nudge.NudgeId}"));
        return $"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}@{from.Domain}";
    }

    private static MimeEntity BodyOf(NudgeMessage nudge)
    {
        var text = new TextPart("plain") { Text = nudge.Text };
        return nudge.Html is null ? text : new MultipartAlternative(text, new TextPart("html") { Text = nudge.Html });
    }

    // A template's subject is one line already; a message that was made elsewhere must not begin another header here either.
    private static string OneLine(string value) => value.Any(char.IsControl) ? string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)) : value;
}
