using System.Text.Json;
using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Clients;

/// <summary>A client that shares no code with this solution: NodeClient/client.mjs on @grpc/grpc-js.</summary>
[Collection(HostCollection.Name)]
public sealed class NodeTests(SharedHost host)
{
    [NodeFact]
    public async Task NodeClient_StreamsAndReadsBack()
    {
        Assert.True(NodeFactAttribute.Missing is null, NodeFactAttribute.Missing);
        await using var node = ChildProcess.Start(
            NodeFactAttribute.Executable!, ["client.mjs", host.Process.Grpc.Authority, "node-ada", "node-101"], workingDirectory: NodeFactAttribute.Directory);

        var exitCode = await node.ExitCodeAsync(TimeSpan.FromSeconds(60));

        Assert.True(exitCode == 0, node.Describe());
        var printed = JsonDocument.Parse(node.Output).RootElement;
        Assert.Equal(
            [
                ("node-ada-0", "EVENT_STATUS_ACCEPTED", ""), ("node-ada-1", "EVENT_STATUS_ACCEPTED", ""), ("node-ada-2", "EVENT_STATUS_ACCEPTED", ""),
                ("node-ada-3", "EVENT_STATUS_ACCEPTED", ""), ("node-ada-3", "EVENT_STATUS_DUPLICATE", ""), ("node-ada-4", "EVENT_STATUS_REJECTED", "video_watched.to"),
            ],
            printed.GetProperty("answers").EnumerateArray()
                .Select(answer => (answer.GetProperty("id").GetString()!, answer.GetProperty("status").GetString()!, answer.GetProperty("field").GetString()!))
                .OrderBy(answer => answer.Item1, StringComparer.Ordinal).ThenBy(answer => answer.Item2, StringComparer.Ordinal));
        var enrolment = printed.GetProperty("enrolment");
        Assert.Equal("ENROLMENT_STATUS_ACTIVE", enrolment.GetProperty("status").GetString());
        Assert.Equal(90, enrolment.GetProperty("lessons")[0].GetProperty("unique_watched_seconds").GetDouble());
        Assert.Equal(105, enrolment.GetProperty("lessons")[0].GetProperty("total_watched_seconds").GetDouble());
        Assert.InRange(enrolment.GetProperty("completion").GetProperty("probability").GetDouble(), 1e-6, 1);
    }
}
