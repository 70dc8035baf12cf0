using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Questions;

namespace CourseCompletion.Grains.Questions;

/// <summary>A course's board in memory, each change of which is stored before it shows.</summary>
/// <remarks>A write that fails leaves nothing to be trusted: the grain that owns this goes away and reads again.</remarks>
internal sealed class QuestionBoard(CourseKey course, QuestionStore store, QuestionPolicy policy)
{
    private const int ReadsAtOnce = 32;

    private readonly Dictionary<QuestionId, (QuestionState State, string? ETag)> _questions = [];
    private string? _etag;
    private long _revision;

    /// <summary>What the board knows besides its questions.</summary>
    public BoardState State { get; private set; } = BoardState.Empty;

    /// <summary>The questions.</summary>
    public IEnumerable<QuestionState> Questions => _questions.Values.Select(kept => kept.State);

    /// <summary>The newest revision.</summary>
    public long Revision => _revision;

    /// <summary>Whether time alone may bring something to do: something is pending, a question waits for an answer, or a session for its reminders.</summary>
    public bool HasWork(long nowMs) =>
        Questions.Any(question => question.Pending.Count > 0 || (!question.IsAnswered && (question.LikelyAtMs == 0 || question.OverdueAtMs == 0)))
        || State.Sessions.Any(session => session.Stage != SessionStage.Reminded && session.StartsAtMs > nowMs);

    /// <summary>The question of an id, or null.</summary>
    public QuestionState? Find(QuestionId id) => _questions.GetValueOrDefault(id).State;

    /// <summary>Reads everything.</summary>
    public async Task LoadAsync()
    {
        (State, _etag) = await store.ReadBoardAsync(course);
        _revision = State.Revision;
        foreach (var some in State.Questions.Chunk(ReadsAtOnce))
        {
            foreach (var (question, etag) in await Task.WhenAll(some.Select(id => store.ReadQuestionAsync(course, id))))
            {
                if (question is not null)
                {
                    _questions[question.Id] = (question, etag);
                    _revision = Math.Max(_revision, question.Revision);
                }
            }
        }
    }

    /// <summary>Adds a question that fits in, or one that is known already.</summary>
    public async Task<QuestionState> AddAsync(QuestionState question)
    {
        // The list first: a record that nothing names would stay for ever, one that is missing was never acknowledged.
        if (!State.Questions.Contains(question.Id))
        {
            await StoreAsync(State with { Questions = [.. State.Questions, question.Id] });
        }

        var (_, etag) = await store.ReadQuestionAsync(course, question.Id);
        return await PutAsync(question, etag, isVisible: true);
    }

    /// <summary>Replaces a question.</summary>
    /// <param name="question">The question from now on.</param>
    /// <param name="isVisible">Whether readers see a change.</param>
    public Task<QuestionState> ReplaceAsync(QuestionState question, bool isVisible) => PutAsync(question, _questions[question.Id].ETag, isVisible);

    /// <summary>Replaces what the board knows besides its questions.</summary>
    public async Task StoreAsync(BoardState board)
    {
        board = board with { Revision = _revision };
        _etag = await store.WriteBoardAsync(course, board, _etag);
        State = board;
    }

    /// <summary>Makes room for what is added, by letting go of answered questions; false when there is none to be made.</summary>
    public async Task<bool> TryMakeRoomAsync(int added, long bytes)
    {
        if (BoardRules.MakeRoom([.. Questions], added, bytes, policy) is not { } going)
        {
            return false;
        }

        if (going.Count > 0)
        {
            await StoreAsync(State with { Questions = [.. State.Questions.Except(going)] });
        }

        foreach (var id in going)
        {
            _questions.Remove(id, out var gone);
            await store.ClearQuestionAsync(course, id, gone.ETag);
        }

        return true;
    }

    private async Task<QuestionState> PutAsync(QuestionState question, string? etag, bool isVisible)
    {
        if (isVisible)
        {
            question = question with { Revision = _revision + 1 };
        }

        _questions[question.Id] = (question, await store.WriteQuestionAsync(course, question, etag));
        _revision = Math.Max(_revision, question.Revision);
        return question;
    }
}
