using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Questions;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Questions;

/// <summary>What a board has under way to learners: one round at a time, beside the board's turns, on versions that do not change.</summary>
/// <remarks>It changes nothing of the board; the board takes what was told in a turn of its own.</remarks>
internal sealed partial class QuestionTelling(CourseKey key, QuestionBoard board, QuestionTeller teller, int inFlightMax, ILogger log)
{
    private readonly HashSet<(QuestionId Question, QuestionEffect Effect)> _told = [];
    private readonly HashSet<QuestionSession> _toldSessions = [];
    private Task _round = Task.CompletedTask;

    /// <summary>Begins a round unless one is under way.</summary>
    public void Start(long nowMs)
    {
        if (_round.IsCompleted)
        {
            _round = TellAllAsync(nowMs);
        }
    }

    /// <summary>What was told of questions since it was taken last.</summary>
    public List<(QuestionId Question, QuestionEffect Effect)> Told => [.. _told];

    /// <summary>The sessions of which everybody was told.</summary>
    public HashSet<QuestionSession> ToldSessions => [.. _toldSessions];

    /// <summary>Lets go of what the board has noted.</summary>
    public void Forget(IEnumerable<(QuestionId Question, QuestionEffect Effect)> told, IEnumerable<QuestionSession> sessions)
    {
        _told.ExceptWith(told);
        _toldSessions.ExceptWith(sessions);
    }

    private async Task TellAllAsync(long nowMs)
    {
        using var room = new SemaphoreSlim(inFlightMax);
        var questions = board.Questions.Where(question => question.Pending.Count > 0).ToList();
        var sessions = board.State.Sessions
            .Where(session => session.Stage is SessionStage.Reminding or SessionStage.Withdrawing && session.StartsAtMs > nowMs && !_toldSessions.Contains(session)).ToList();
        await Task.WhenAll([.. questions.Select(question => InRoomAsync(room, () => TellAsync(question))), .. sessions.Select(session => TellAsync(session, room))]);
    }

    // In order: a learner is enrolled by the event of asking before an answer is offered.
    private async Task TellAsync(QuestionState question)
    {
        foreach (var effect in question.Pending.Where(effect => !_told.Contains((question.Id, effect))))
        {
            await teller.TellAsync(key, question, effect, board.State.VersionOf(effect.Campaign));
            _told.Add((question.Id, effect));
        }
    }

    private async Task TellAsync(QuestionSession session, SemaphoreSlim room)
    {
        var campaigns = board.State.Listeners.Where(listener => listener.Occasions.HasFlag(QuestionOccasions.Session)).ToList();
        var told = await Task.WhenAll(session.Reminded.SelectMany(asker => campaigns.Select(campaign => InRoomAsync(room, () => teller.TellAsync(key, session, asker, campaign)))));
        if (told.All(isTold => isTold))
        {
            _toldSessions.Add(session);
        }
    }

    private async Task<bool> InRoomAsync(SemaphoreSlim room, Func<Task> tellAsync)
    {
        await room.WaitAsync();
        try
        {
            await tellAsync();
            return true;
        }
        catch (Exception e)
        {
            LogTellFailed(log, key.Value, e);
            return false;
        }
        finally
        {
            room.Release();
        }
    }

    [LoggerMessage(2483, LogLevel.Warning, "The question board of {Course} could not tell a learner; it tries again.")]
    private static partial void LogTellFailed(ILogger logger, string course, Exception e);
}
