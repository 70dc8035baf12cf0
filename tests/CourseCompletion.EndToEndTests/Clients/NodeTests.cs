using System.Globalization;
using System.Text.Json;
using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Clients;

/// <summary>A client that shares no code with this solution: NodeClient/client.mjs on @grpc/grpc-js.</summary>
[Collection(HostCollection.Name)]
public sealed class NodeTests(SharedHost host)
{
    private const string Accepted = "EVENT_STATUS_ACCEPTED";
    private const string Duplicate = "EVENT_STATUS_DUPLICATE";
    private const string Rejected = "EVENT_STATUS_REJECTED";

    [NodeFact]
    public async Task NodeClient_StreamsAndReadsBack()
    {
        var run = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

        var printed = await RunAsync("node-ada", run);

        Assert.Equal(
            [
                ($"node-ada-{run}-0", Accepted, ""), ($"node-ada-{run}-1", Accepted, ""), ($"node-ada-{run}-2", Accepted, ""),
                ($"node-ada-{run}-3", Accepted, ""), ($"node-ada-{run}-3", Duplicate, ""), ($"node-ada-{run}-4", Rejected, "video_watched.to"),
            ],
            Answers(printed));
        var enrolment = printed.GetProperty("enrolment");
        Assert.Equal("ENROLMENT_STATUS_ACTIVE", enrolment.GetProperty("status").GetString());
        Assert.Equal(90, enrolment.GetProperty("lessons")[0].GetProperty("unique_watched_seconds").GetDouble());
        Assert.Equal(105, enrolment.GetProperty("lessons")[0].GetProperty("total_watched_seconds").GetDouble());
        Assert.InRange(enrolment.GetProperty("completion").GetProperty("probability").GetDouble(), 1e-6, 1);
    }

    [NodeFact]
    public async Task NodeClient_RunAgain_SendsNewEventsUnlessTheRunIsTheSame()
    {
        var first = await RunAsync("node-bob");
        var second = await RunAsync("node-bob");
        var retry = await RunAsync("node-bob", second.GetProperty("run").GetString()!);

        Assert.Equal([Accepted, Accepted, Accepted, Accepted, Duplicate, Rejected], Answers(first).Select(answer => answer.Status));
        Assert.Equal([Accepted, Accepted, Accepted, Accepted, Duplicate, Rejected], Answers(second).Select(answer => answer.Status));
        Assert.Equal([Duplicate, Duplicate, Duplicate, Duplicate, Duplicate, Rejected], Answers(retry).Select(answer => answer.Status));
        Assert.Equal(210, retry.GetProperty("enrolment").GetProperty("lessons")[0].GetProperty("total_watched_seconds").GetDouble());
    }

    private async Task<JsonElement> RunAsync(params string[] learnerAndRun)
    {
        Assert.True(NodeFactAttribute.Missing is null, NodeFactAttribute.Missing);
        string[] arguments = ["client.mjs", host.Process.Grpc.Authority, learnerAndRun[0], "node-101", .. learnerAndRun[1..]];
        await using var node = ChildProcess.Start(NodeFactAttribute.Executable!, arguments, workingDirectory: NodeFactAttribute.Directory);

        var exitCode = await node.ExitCodeAsync(TimeSpan.FromSeconds(60));

        Assert.True(exitCode == 0, node.Describe());
        return JsonDocument.Parse(node.Output).RootElement;
    }

    private static IEnumerable<(string Id, string Status, string Field)> Answers(JsonElement printed) =>
        printed.GetProperty("answers").EnumerateArray()
            .Select(answer => (answer.GetProperty("id").GetString()!, answer.GetProperty("status").GetString()!, answer.GetProperty("field").GetString()!))
            .OrderBy(answer => answer.Item1, StringComparer.Ordinal).ThenBy(answer => answer.Item2, StringComparer.Ordinal);
}
