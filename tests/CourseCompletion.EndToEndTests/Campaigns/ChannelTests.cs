using System.Text.Json;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using CourseCompletion.Receivers;
using Xunit;

namespace CourseCompletion.EndToEndTests.Campaigns;

/// <summary>A real server, a real webhook receiver and a real mail server.</summary>
public sealed class ChannelTests
{
    private const string Secret = "a-secret-of-more-than-32-characters-for-tests";
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Campaign_ByWebhook_IsSignedTriedAgainAndListedWhenItFails()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        receiver.AnswerNext(503);
        receiver.AnswerNext(410);
        await using var host = await HostProcess.StartAsync([.. Fast, "--Channels:Webhook:Url", receiver.Url, "--Channels:Webhook:Secret", Secret]);
        await using var client = EngagementClient.Connect(host.Grpc);
        var nudged = new NudgedClass(client, "hooks", 20);
        await nudged.EnrolAsync();
        var reachable = nudged.Reachable;

        await client.Campaigns.UpsertCampaignAsync(new() { Campaign = nudged.Campaign("hooks", NudgeChannel.Webhook), ExpectedVersion = 0 });

        // One was refused for good: it is a dead letter, and delivered once it is re-driven.
        await Eventually.HoldsAsync("all but one to be delivered", _deadline, () => receiver.DeliveriesByKey.Count == reachable.Count - 1);
        var letters = await Eventually.GetAsync("the dead letter", _deadline, async () => await client.Campaigns.ListDeadLettersAsync(new()), answer => answer.Letters.Count == 1);
        Assert.Equal(("hooks", true, "http 410"), (letters.Letters[0].CampaignId, letters.Letters[0].Refused, letters.Letters[0].Reason));
        Assert.Equal(1, (await client.Campaigns.RedriveDeadLettersAsync(new() { Sequences = { letters.Letters[0].Sequence } })).Redriven);
        await Eventually.HoldsAsync("the last one to be delivered", _deadline, () => receiver.DeliveriesByKey.Count == reachable.Count);

        Assert.All(receiver.Received, request => Assert.True(request.IsSigned));
        Assert.Equal(reachable.Order(), receiver.Received.Select(request => LearnerOf(request.Body)).Distinct().Order());
        var report = (await client.Campaigns.GetCampaignReportAsync(new() { CampaignId = "hooks" })).Report;
        Assert.Equal(20, report.Eligible);
    }

    [Fact]
    public async Task Campaign_ByMail_ComesOnceAndUnsubscribingIsHonouredByTheNextDecision()
    {
        await using var mail = MailReceiver.Start();
        await using var host = await HostProcess.StartAsync(
            [.. Fast, "--Channels:Smtp:Host", "127.0.0.1", "--Channels:Smtp:Port", $"{mail.Port}", "--Channels:Smtp:Security", "None", "--Channels:Smtp:From", "Algebra <team@example.org>",
            "--Channels:Unsubscribe:Url", "http://127.0.0.1", "--Channels:Unsubscribe:Secret", Secret]);
        await using var client = EngagementClient.Connect(host.Grpc);
        var nudged = new NudgedClass(client, "mails", 8);
        await nudged.EnrolAsync();
        var learner = nudged.Reachable.First();
        await client.Learners.SetPreferencesAsync(new() { LearnerId = learner, Preferences = new() { Channels = { NudgeChannel.Email }, Email = "ana@example.org" } });

        await client.Campaigns.UpsertCampaignAsync(new() { Campaign = nudged.Campaign("mails", NudgeChannel.Email) });
        await Eventually.HoldsAsync("the mail", _deadline, () => mail.Received.Count > 0);

        var message = Assert.Single(mail.Received);
        Assert.Equal(("ana@example.org", "Algebra goes on"), (message.To.Mailboxes.Single().Address, message.Subject));
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        var link = new Uri(message.Headers["List-Unsubscribe"]!.Trim('<', '>'));
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(host.Http, link.AbsolutePath), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.True(response.IsSuccessStatusCode, $"The link answers {response.StatusCode}.");

        await client.Campaigns.UpsertCampaignAsync(new() { Campaign = nudged.Campaign("mails-again", NudgeChannel.Email) });
        var explained = await Eventually.GetAsync(
            "the next decision",
            _deadline,
            async () => await client.Learners.ExplainNudgeAsync(new() { LearnerId = learner, CampaignId = "mails-again" }),
            answer => answer.Explanations.Count > 0);
        Assert.Equal((NudgeVerdict.Suppressed, NudgeReason.OptedOut), (explained.Explanations[0].Nudge.Verdict, explained.Explanations[0].Nudge.Reason));
        Assert.Single(mail.Received);
    }

    internal static string[] Fast => ["--Campaigns:ScanEvery", "00:00:00.500", "--Courses:StoreAfter", "00:00:00.300", "--Sweep:OlderThan", "00:00:01", "--Sweep:Every", "00:00:00.500"];

    internal static string LearnerOf(string body) => JsonDocument.Parse(body).RootElement.GetProperty("learner_id").GetString()!;
}
