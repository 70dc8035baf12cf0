using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CourseCompletion.Protocol.V1;
using Google.Protobuf;

namespace CourseCompletion.Cli.Bench.Peers;

/// <summary>Posts made-up heartbeats to the Flask peer and clocks the answers: one request an event, or one a batch.</summary>
/// <remarks>The same events as <see cref="BenchLoad"/>, in the JSON that the engine's own HTTP gateway takes. As many requests are under way as that has batches.</remarks>
internal sealed class FlaskLoad(BenchEvents events)
{
    private const string Accepted = "ACCEPTED";

    /// <summary>Runs for a time. A shape of one event a batch posts single events.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="HttpRequestException">A request failed.</exception>
    public async Task<LoadResult> RunAsync(Uri address, LoadShape shape, TimeSpan duration)
    {
        var cancellation = BenchLoad.Stopping;
        using var http = new HttpClient { BaseAddress = address };
        var clock = Stopwatch.StartNew();
        var pace = new LoadPace(shape);
        var lanes = Enumerable.Range(0, shape.Streams * shape.InFlight)
            .Select(lane => Task.Run(() => PostAsync(http, shape, new LoadTurns(shape, lane), pace, () => clock.Elapsed < duration, cancellation)));
        return LoadResult.Of(await Task.WhenAll(lanes), clock.Elapsed.TotalSeconds);
    }

    /// <summary>Posts one batch, or its only event, and counts what was accepted.</summary>
    public static async Task<int> PostAsync(HttpClient http, StreamEventsRequest batch, CancellationToken cancellation)
    {
        var isSingle = batch.Events.Count == 1;
        var body = JsonFormatter.Default.Format(isSingle ? batch.Events[0] : batch);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await http.PostAsync(new Uri(isSingle ? "/events" : "/batch", UriKind.Relative), content, cancellation);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
        return isSingle
            ? IsAccepted(json.RootElement) ? 1 : 0
            : json.RootElement.GetProperty("results").EnumerateArray().Count(IsAccepted);

        static bool IsAccepted(JsonElement result) => result.GetProperty("status").ValueEquals(Accepted);
    }

    private async Task<LoadResult> PostAsync(HttpClient http, LoadShape shape, LoadTurns turns, LoadPace pace, Func<bool> goesOn, CancellationToken cancellation)
    {
        var histogram = LoadResult.NewHistogram();
        long accepted = 0, others = 0;
        while (true)
        {
            var dueAt = await pace.NextAsync(cancellation);
            if (!goesOn())
            {
                return new(accepted, others, 0, histogram);
            }

            var batch = events.NextBatch(shape, turns);
            var sentAt = dueAt ?? Stopwatch.GetTimestamp();
            var count = await PostAsync(http, batch, cancellation);
            histogram.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(sentAt).TotalMicroseconds));
            accepted += count;
            others += batch.Events.Count - count;
        }
    }
}
