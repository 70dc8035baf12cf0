using System.Text;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>How a course's board changes: campaigns that come and go, sessions, and what makes room.</summary>
public static class BoardRules
{
    /// <summary>The longest id of a session, in bytes of UTF-8: an occurrence is made of it.</summary>
    public const int SessionIdBytesMax = 96;

    /// <summary>Takes a campaign's word that it runs or not; an older word than the one before changes nothing, and neither does one too many.</summary>
    public static BoardState Listen(BoardState board, QuestionListener listener, QuestionPolicy policy)
    {
        var known = board.Listeners.FirstOrDefault(other => other.Campaign == listener.Campaign);
        if (listener.Version <= known.Version)
        {
            return board;
        }

        var others = board.Listeners.Where(other => other.Campaign != listener.Campaign).ToList();
        if (others.Count >= policy.ListenersMax)
        {
            var idle = others.FindIndex(other => other.Occasions == QuestionOccasions.None);
            if (idle < 0)
            {
                return board;
            }

            others.RemoveAt(idle);
        }

        return board with { Listeners = [.. others, listener] };
    }

    /// <summary>Schedules a session, or moves it; null with the fault when it cannot be.</summary>
    public static (BoardState? Board, Rejection? Fault) Schedule(BoardState board, QuestionSession session, long atMs, QuestionPolicy policy)
    {
        var known = board.Sessions.FirstOrDefault(other => other.Id == session.Id);
        if (known is not null && known.Title == session.Title && known.StartsAtMs == session.StartsAtMs)
        {
            return (board, null);
        }

        var fault = LearnerEventRules.CheckId(session.Id, "session_id", required: true)
            ?? (Encoding.UTF8.GetByteCount(session.Id) > SessionIdBytesMax ? Fault("session_id", $"Shorten session_id to at most {SessionIdBytesMax} bytes of UTF-8.") : null)
            ?? LearnerEventRules.CheckText(session.Title, "title", CourseDefinitionRules.TitleBytesMax)
            ?? (session.StartsAtMs > atMs ? null : Fault("starts_at", "Send a time that lies ahead."));
        if (fault is not null)
        {
            return (null, fault);
        }

        var kept = board.Sessions.Where(other => other.Id != session.Id && other.StartsAtMs > atMs).ToList();
        if (kept.Count >= policy.SessionsMax)
        {
            return (null, new(RejectionReason.LimitExceeded, "session_id", $"A course has at most {policy.SessionsMax} sessions ahead."));
        }

        var reminded = known?.StartsAtMs == session.StartsAtMs ? known.RemindedAtMs : 0;
        return (board with { Sessions = [.. kept.Append(session with { RemindedAtMs = reminded }).OrderBy(other => other.StartsAtMs)] }, null);
    }

    /// <summary>The next session to remind of, or null.</summary>
    public static QuestionSession? DueSession(BoardState board, long atMs, QuestionPolicy policy) =>
        board.Sessions.FirstOrDefault(session => session.RemindedAtMs == 0 && atMs >= session.StartsAtMs - policy.SessionLeadMs && atMs < session.StartsAtMs);

    /// <summary>Notes that everybody was reminded of a session.</summary>
    public static BoardState Remind(BoardState board, QuestionSession session, long atMs) =>
        board with { Sessions = [.. board.Sessions.Select(other => other == session ? other with { RemindedAtMs = atMs } : other)] };

    /// <summary>What has to go so that a question of a size fits in; null when nothing that may go makes enough room.</summary>
    /// <param name="questions">The questions that are kept.</param>
    /// <param name="added">How many more there will be: 1 for a new question, 0 for one that grows.</param>
    /// <param name="bytes">What is added, in bytes.</param>
    /// <param name="policy">The policy.</param>
    public static IReadOnlyList<QuestionId>? MakeRoom(IReadOnlyCollection<QuestionState> questions, int added, long bytes, QuestionPolicy policy)
    {
        var overCount = questions.Count + added - policy.KeptMax;
        var overBytes = questions.Sum(question => question.Bytes) + bytes - policy.BoardBytesMax;
        if (overCount <= 0 && overBytes <= 0)
        {
            return [];
        }

        var going = new List<QuestionId>();
        foreach (var question in questions.Where(question => question.IsAnswered && question.Pending.Count == 0).OrderBy(question => question.ChangedAtMs))
        {
            going.Add(question.Id);
            overCount--;
            overBytes -= question.Bytes;
            if (overCount <= 0 && overBytes <= 0)
            {
                return going;
            }
        }

        return null;
    }

    private static Rejection Fault(string field, string message) => new(RejectionReason.InvalidField, field, message);
}
