using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Tenants;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Abstractions.Comments;

/// <summary>How a tenant's comments are read: the servers' model, and what the tenant's moderators have taught.</summary>
/// <remarks>Key: <see cref="TenantId"/>. Called by the gateway, backends and silos that read comments; calls no grain.</remarks>
[Alias("cc.ICommentModelGrain")]
[Version(1)]
public interface ICommentModelGrain : IGrainWithStringKey
{
    /// <summary>Reads a text as a comment of a learner is read.</summary>
    /// <param name="text">The text, 1 to 4,096 bytes of UTF-8.</param>
    /// <exception cref="ArgumentException">The text is empty or too long.</exception>
    [Alias("ReadAsync")]
    ValueTask<CommentAnswer> ReadAsync(string text);

    /// <summary>Learns from a label and returns, when it is durable, how the text is read now.</summary>
    /// <param name="text">The text, 1 to 4,096 bytes of UTF-8.</param>
    /// <param name="label">What it says in truth; it must say something.</param>
    /// <exception cref="ArgumentException">The text or the label is empty, or the text too long.</exception>
    [Alias("LearnAsync")]
    ValueTask<CommentAnswer> LearnAsync(string text, CommentLabel label);

    /// <summary>What was taught so far; null when it is what the caller knows.</summary>
    /// <param name="knownLabels">From how many labels the caller's was learned.</param>
    [Alias("GetAsync")]
    ValueTask<CommentAdaptation?> GetAsync(long knownLabels);
}
