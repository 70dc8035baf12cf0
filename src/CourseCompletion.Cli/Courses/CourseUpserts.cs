using CourseCompletion.Protocol.V1;
using Grpc.Core;

namespace CourseCompletion.Cli.Courses;

/// <summary>Defines courses before events are sent, waiting for a server that is not there yet.</summary>
internal static class CourseUpserts
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(
        CourseService.CourseServiceClient courses, IEnumerable<Course> definitions, Action<string> warn, CancellationToken cancellationToken)
    {
        foreach (var course in definitions)
        {
            await UpsertAsync(courses, course, warn, cancellationToken);
        }
    }

    private static async Task UpsertAsync(
        CourseService.CourseServiceClient courses, Course course, Action<string> warn, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await courses.UpsertCourseAsync(new() { Course = course }, cancellationToken: cancellationToken);
                return;
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
            {
                warn($"Waiting for the server ({error.Status.Detail}); Ctrl+C ends.");
                await Task.Delay(_again, cancellationToken);
            }
        }
    }
}
