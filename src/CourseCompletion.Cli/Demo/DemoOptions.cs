namespace CourseCompletion.Cli.Demo;

/// <summary>What the demo shows and where.</summary>
/// <param name="DataDirectory">Where the server keeps its data.</param>
/// <param name="Learners">How many learners.</param>
/// <param name="Courses">How many courses.</param>
/// <param name="HistoryDays">How many days of history.</param>
/// <param name="Seed">The seed of the class.</param>
/// <param name="LiveSpeed">How many times as fast as real time the class lives afterwards.</param>
/// <param name="LiveDuration">After how long of that the demo ends; null for never.</param>
/// <param name="GrpcPort">The gRPC port; 0 for any free one.</param>
/// <param name="HttpPort">The HTTP port; 0 for any free one.</param>
internal sealed record DemoOptions(
    string DataDirectory, int Learners, int Courses, int HistoryDays, ulong Seed, int LiveSpeed, TimeSpan? LiveDuration, int GrpcPort, int HttpPort);
