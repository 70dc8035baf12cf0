using CourseCompletion.Domain.Completion.Index;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Completion;

/// <summary>A tenant's completion index: the models that all its courses teach, and the sample of its active learners.</summary>
/// <remarks>Key: tenant. Called by courses, once a minute each and when one is read; it waits for nobody but its store.</remarks>
[Alias("cc.ICompletionIndexGrain")]
[Version(1)]
internal interface ICompletionIndexGrain : IGrainWithStringKey
{
    /// <summary>Takes a course's report, unless it is not newer than the last, and answers with the course's C. Safe to repeat and to reorder.</summary>
    [Alias("TakeAsync")]
    ValueTask<IndexReading> TakeAsync(string course, [Immutable] WindowSums window);
}
