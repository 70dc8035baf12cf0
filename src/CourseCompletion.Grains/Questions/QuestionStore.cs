using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CourseCompletion.Grains.Questions;

/// <summary>Boards and questions in grain storage: one record a question, so that a vote does not rewrite a course's questions.</summary>
/// <remarks>Only a course's board writes its records.</remarks>
internal sealed class QuestionStore([FromKeyedServices(StorageNames.GrainStorageName)] IGrainStorage storage)
{
    private const string StateName = "question";

    /// <summary>A course's board, and the tag that a write must bring.</summary>
    public async Task<(BoardState Board, string? ETag)> ReadBoardAsync(CourseKey course)
    {
        var stored = await ReadAsync(BoardOf(course));
        return stored.RecordExists && !stored.State!.Bytes.IsEmpty ? (BoardCodec.Decode(stored.State.Bytes.Span), stored.ETag) : (BoardState.Empty, stored.ETag);
    }

    /// <summary>Stores a board over the one with a tag; answers the new tag.</summary>
    public Task<string?> WriteBoardAsync(CourseKey course, BoardState board, string? etag) => WriteAsync(BoardOf(course), BoardCodec.Encode(board), etag);

    /// <summary>A question, or null, and the tag that a write must bring.</summary>
    public async Task<(QuestionState? Question, string? ETag)> ReadQuestionAsync(CourseKey course, QuestionId question)
    {
        var stored = await ReadAsync(QuestionOf(course, question));
        return (stored.RecordExists && !stored.State!.Bytes.IsEmpty ? QuestionCodec.Decode(stored.State.Bytes.Span) : null, stored.ETag);
    }

    /// <summary>Stores a question over the one with a tag; answers the new tag.</summary>
    public Task<string?> WriteQuestionAsync(CourseKey course, QuestionState question, string? etag) =>
        WriteAsync(QuestionOf(course, question.Id), QuestionCodec.Encode(question), etag);

    /// <summary>Lets go of a question.</summary>
    public Task ClearQuestionAsync(CourseKey course, QuestionId question, string? etag) =>
        storage.ClearStateAsync(StateName, QuestionOf(course, question), new GrainState<StoredPayload>(new(), etag) { RecordExists = etag is not null });

    private static GrainId BoardOf(CourseKey course) => GrainId.Create("questionboard", course.Value);

    private static GrainId QuestionOf(CourseKey course, QuestionId question) => GrainId.Create("question", $"{course.Value}/{question}");

    private async Task<string?> WriteAsync(GrainId id, byte[] bytes, string? etag)
    {
        var stored = new GrainState<StoredPayload>(new() { Bytes = bytes }, etag) { RecordExists = etag is not null };
        await storage.WriteStateAsync(StateName, id, stored);
        return stored.ETag;
    }

    private async Task<GrainState<StoredPayload>> ReadAsync(GrainId id)
    {
        var stored = new GrainState<StoredPayload>(new());
        await storage.ReadStateAsync(StateName, id, stored);
        return stored;
    }
}
