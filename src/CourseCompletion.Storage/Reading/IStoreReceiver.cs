using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Storage.Reading;

/// <summary>Takes what a store and its archives hold, from <see cref="StoreReader"/>, one call at a time.</summary>
/// <remarks>Frames come in no particular order, and the same one may come more than once: from the log, from the learner's rows, and from an archive.</remarks>
public interface IStoreReceiver
{
    /// <summary>A frame that the store itself holds. The newest of every learner is among them.</summary>
    void Stored(LearnerKey learner, JournalFrame frame);

    /// <summary>A frame from an archive.</summary>
    /// <param name="learner">Whose.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="incarnation">The store's incarnation that archived it: after a restore sequences are given out again, and the highest incarnation's frame counts.</param>
    void Archived(LearnerKey learner, JournalFrame frame, long incarnation);

    /// <summary>The definition of a course.</summary>
    void Course(CourseDefinition course);

    /// <summary>A part that cannot be read; the message says which.</summary>
    void Damaged(string what);
}
