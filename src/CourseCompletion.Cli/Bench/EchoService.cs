using CourseCompletion.Protocol.V1;
using Grpc.Core;

namespace CourseCompletion.Cli.Bench;

/// <summary>Answers each batch at once with as many results and scores as the engine would: what gRPC alone costs.</summary>
internal sealed class EchoService : EngagementService.EngagementServiceBase
{
    public override async Task StreamEvents(
        IAsyncStreamReader<StreamEventsRequest> requestStream, IServerStreamWriter<StreamEventsResponse> responseStream, ServerCallContext context)
    {
        await foreach (var batch in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var response = new StreamEventsResponse { BatchId = batch.BatchId };
            var enrolments = new HashSet<(string, string)>();
            foreach (var e in batch.Events)
            {
                response.Results.Add(new EventResult { Status = EventStatus.Accepted, CompletionProbability = 0.5 });
                if (!enrolments.Add((e.LearnerId, e.CourseId)))
                {
                    continue;
                }

                response.Completions.Add(new CompletionUpdate
                {
                    LearnerId = e.LearnerId,
                    CourseId = e.CourseId,
                    CompletionProbability = 0.5,
                    ModelVersion = "none",
                    EvaluatedAt = e.OccurredAt,
                });
            }

            await responseStream.WriteAsync(response);
        }
    }
}
