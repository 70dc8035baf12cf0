using CourseCompletion.Domain.Courses;
using CourseCompletion.Grains.Abstractions.Questions;

namespace CourseCompletion.Gateway.Questions;

/// <summary>Finds the grains that keep the questions of courses.</summary>
public interface IQuestionDirectory
{
    /// <summary>The course's board.</summary>
    IQuestionBoardGrain Find(CourseKey key);
}

/// <summary>The directory of a cluster.</summary>
internal sealed class ClusterQuestionDirectory(IGrainFactory grains) : IQuestionDirectory
{
    public IQuestionBoardGrain Find(CourseKey key) => grains.GetGrain<IQuestionBoardGrain>(key.Value);
}
