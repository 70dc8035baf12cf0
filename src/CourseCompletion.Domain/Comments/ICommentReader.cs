using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Comments;

/// <summary>Reads what comments say, and learns from those who know better.</summary>
/// <remarks>
/// <para>Implementations are thread-safe, deterministic, and allocate nothing for a reading: they run in the learner's grain before an event is acknowledged.</para>
/// <para>A text longer than <see cref="LearnerEventRules.TextBytesMax"/> characters is read up to there.</para>
/// </remarks>
public interface ICommentReader
{
    /// <summary>The model's name, to be recorded beside what it read: 1 to 64 characters.</summary>
    string ModelName { get; }

    /// <summary>What the model was learned from, in a sentence or two for those who judge its readings.</summary>
    string LearnedFrom { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The comment.</param>
    /// <param name="adaptation">What the tenant's labels have taught; <see cref="CommentAdaptation.None"/> without any. One of another feature version counts for nothing.</param>
    CommentReading Read(ReadOnlySpan<char> text, CommentAdaptation adaptation);

    /// <summary>Learns from a label. Same inputs, same answer; neither the reader nor <paramref name="adaptation"/> changes.</summary>
    /// <param name="adaptation">What was learned before; one of another feature version is forgotten.</param>
    /// <param name="text">The comment.</param>
    /// <param name="label">What it says in truth.</param>
    /// <returns>What is known now.</returns>
    CommentAdaptation Learn(CommentAdaptation adaptation, ReadOnlySpan<char> text, CommentLabel label);
}
