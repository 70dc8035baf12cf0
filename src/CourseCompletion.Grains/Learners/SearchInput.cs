using CourseCompletion.Domain.Interests.Searches;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Learners;

/// <summary>Something that a learner searched for, to go into the next append.</summary>
internal sealed class SearchInput(LearnerSearch search)
{
    /// <summary>The search, checked.</summary>
    public LearnerSearch Search { get; } = search;

    /// <summary>Why there is no room for it, once it is decided; null when there is.</summary>
    public Rejection? Refusal { get; set; }
}
