using System.Text;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Comments;

namespace CourseCompletion.Grains.Comments;

/// <summary>How a tenant's comments are read: the servers' model, and what the tenant's moderators have taught.</summary>
/// <remarks>Key: <see cref="TenantId"/>. Called by the gateway, backends and silos that read comments; calls no grain.</remarks>
internal sealed class CommentModelGrain(
    [PersistentState("comments", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored, ICommentReader reader) : Grain, ICommentModelGrain
{
    private CommentAdaptation _adaptation = CommentAdaptation.None;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (stored.RecordExists && !stored.State.Bytes.IsEmpty)
        {
            _adaptation = CommentAdaptationCodec.Decode(stored.State.Bytes.Span);
        }

        return Task.CompletedTask;
    }

    public ValueTask<CommentAnswer> ReadAsync(string text)
    {
        Check(text);
        return new(Answer(text));
    }

    public async ValueTask<CommentAnswer> LearnAsync(string text, CommentLabel label)
    {
        Check(text);
        if (label == default)
        {
            throw new ArgumentException("The label says nothing.", nameof(label));
        }

        var next = reader.Learn(_adaptation, text, label);
        stored.State.Bytes = CommentAdaptationCodec.Encode(next);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What is stored is not known any more.
            DeactivateOnIdle();
            throw;
        }

        _adaptation = next;
        return Answer(text);
    }

    public ValueTask<CommentAdaptation?> GetAsync(long knownLabels) => new(_adaptation.Labels == knownLabels ? null : _adaptation);

    private static void Check(string text)
    {
        if (string.IsNullOrEmpty(text) || Encoding.UTF8.GetByteCount(text) > LearnerEventRules.TextBytesMax)
        {
            throw new ArgumentException($"Send a text of 1 to {LearnerEventRules.TextBytesMax} bytes.", nameof(text));
        }
    }

    private CommentAnswer Answer(string text) => new(CommentNote.Of(reader.Read(text, _adaptation)), reader.ModelName, reader.LearnedFrom, _adaptation.Labels);
}
