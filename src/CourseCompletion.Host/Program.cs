namespace CourseCompletion.Host;

internal static class Program
{
    private static Task<int> Main(string[] args) => HostProgram.RunAsync(args);
}
