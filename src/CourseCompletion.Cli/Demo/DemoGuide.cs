namespace CourseCompletion.Cli.Demo;

/// <summary>Says how to connect to the demo's server.</summary>
internal static class DemoGuide
{
    /// <summary>The way to the campaign's report, once there is one.</summary>
    public static string CampaignText(DemoServer server, string campaign) =>
        $"""
        A campaign reminds learners in the evening to check in; half of them are its control group:
          curl {server.Http.GetLeftPart(UriPartial.Authority)}/v1/campaigns/{campaign}/report

        """;

    /// <summary>The server's addresses and what to try.</summary>
    public static string Text(DemoServer server, string course, string learner)
    {
        var grpc = server.Grpc.GetLeftPart(UriPartial.Authority);
        var http = server.Http.GetLeftPart(UriPartial.Authority);
        return $$"""

            The server listens: gRPC {{grpc}}, HTTP {{http}}. Try, in another terminal:
              curl {{http}}/v1/courses/{{course}}/engagement
              curl {{http}}/v1/learners/{{learner}}
              grpcurl -plaintext -d '{"course_id":"{{course}}"}' {{server.Grpc.Authority}} coursecompletion.v1.CourseService/WatchEngagement
              dotnet run -c Release --project src/CourseCompletion.Cli -- learner watch {{learner}} --target {{grpc}}
              dotnet run -c Release --project src/CourseCompletion.Cli -- learner get {{learner}} --target {{grpc}}
              dotnet run -c Release --project src/CourseCompletion.Cli -- learner clips {{learner}} --course {{course}} --target {{grpc}}
              dotnet run -c Release --project src/CourseCompletion.Cli -- recommend --learner {{learner}} --target {{grpc}}
              dotnet run -c Release --project src/CourseCompletion.Cli -- course insights {{course}} --target {{grpc}}
              dotnet run -c Release --project src/CourseCompletion.Cli -- course video {{course}} {{course}}-lesson-1 --target {{grpc}}
              dotnet run -c Release --project src/CourseCompletion.Cli -- course feedback {{course}} --target {{grpc}}
              dotnet run -c Release --project src/CourseCompletion.Cli -- course topics {{course}} --target {{grpc}}
            README.md, "Send your own events", has a client in C# and in another language. Ctrl+C ends.

            """;
    }
}
