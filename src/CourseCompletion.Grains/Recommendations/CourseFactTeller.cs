using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Recommendations;

/// <summary>Tells recommenders what courses are about.</summary>
/// <remarks>
/// A course tells when it is defined, before its definition is answered, and with each activation. When the recommender does not answer at once, it is told in the background, a few times; a crash
/// meanwhile is made good by the next activation, or by a caller who was not answered and defines the course again.
/// </remarks>
internal sealed partial class CourseFactTeller(IGrainFactory grains, ILogger<CourseFactTeller> log)
{
    private const int AttemptsMax = 8;

    // By the machine's clock, as a call's own timeout: how long another grain takes is not the engine's time.
    private static readonly TimeSpan _waitAtMost = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pauseAtFirst = TimeSpan.FromMilliseconds(500);

    /// <summary>Tells, and returns when it is stored or when that takes too long. Never fails.</summary>
    public async Task TellAsync(CourseKey course, CourseDefinition definition)
    {
        if (!definition.IsDraft)
        {
            await Task.WhenAny(TellUntilStoredAsync(course, CourseFact.From(definition)), Task.Delay(_waitAtMost));
        }
    }

    private async Task TellUntilStoredAsync(CourseKey course, CourseFact fact)
    {
        var recommender = grains.GetGrain<IRecommenderGrain>(RecommenderKey.For(course.Tenant).Value);
        for (var (attempt, pause) = (1, _pauseAtFirst); ; attempt++, pause *= 2)
        {
            try
            {
                await recommender.DefineAsync(fact);
                return;
            }
            catch (Exception e)
            {
                LogNotTold(log, course.Value, attempt, e);
            }

            if (attempt == AttemptsMax)
            {
                return;
            }

            await Task.Delay(pause);
        }
    }

    [LoggerMessage(2811, LogLevel.Warning, "What course {Course} is about could not be told to the recommender (attempt {Attempt}).")]
    private static partial void LogNotTold(ILogger logger, string course, int attempt, Exception e);
}
