using System.Text;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>How a course's board changes: campaigns that come and go, sessions, and what makes room.</summary>
public static class BoardRules
{
    /// <summary>The longest id of a session, in bytes of UTF-8: an occurrence is made of it.</summary>
    public const int SessionIdBytesMax = 96;

    private const long LeadMsMin = 60_000;
    private const long LeadMsMax = 7 * LearnerTime.DayMs;

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

    /// <summary>Schedules a session, or changes it; null with the fault when it cannot be. One that is moved is reminded of anew, and what waits of the hour before is closed.</summary>
    public static (BoardState? Board, Rejection? Fault) Schedule(BoardState board, QuestionSession session, long atMs, QuestionPolicy policy)
    {
        var known = Find(board, session.Id);
        var next = known is not null && known.StartsAtMs == session.StartsAtMs ? session with { Stage = known.Stage, Reminded = known.Reminded } : session;
        if (next == known)
        {
            return (board, null);
        }

        if (Check(session, atMs) is { } fault)
        {
            return (null, fault);
        }

        var others = Without(board, session.Id, session.StartsAtMs).Where(other => other.StartsAtMs > atMs && other.Occurrence != session.Occurrence).ToList();
        return others.Count(other => other.IsAhead(atMs)) < policy.SessionsMax
            ? (board with { Sessions = [.. others.Append(next).OrderBy(other => other.StartsAtMs)] }, null)
            : (null, new(RejectionReason.LimitExceeded, "session_id", $"A course has at most {policy.SessionsMax} sessions ahead."));
    }

    /// <summary>Cancels a session: nobody is reminded any more, and what waits is closed. One that is not there changes nothing.</summary>
    public static BoardState Cancel(BoardState board, string session) =>
        Find(board, session) is null ? board : board with { Sessions = [.. Without(board, session, startsAtMs: null)] };

    /// <summary>The session of an id that is not withdrawn, or null.</summary>
    public static QuestionSession? Find(BoardState board, string session) => board.Sessions.FirstOrDefault(other => other.Id == session && other.Stage != SessionStage.Withdrawing);

    /// <summary>The sessions whose reminding is to begin.</summary>
    public static IEnumerable<QuestionSession> DueSessions(BoardState board, long atMs) =>
        board.Sessions.Where(session => session.Stage == SessionStage.Scheduled && atMs >= session.RemindsAtMs && atMs < session.StartsAtMs);

    /// <summary>Begins to remind of a session.</summary>
    public static BoardState Remind(BoardState board, QuestionSession session, IReadOnlyList<SessionAsker> askers) =>
        board with { Sessions = [.. board.Sessions.Select(other => other == session ? other with { Stage = SessionStage.Reminding, Reminded = askers } : other)] };

    /// <summary>Notes that everybody was told what is to be told of some sessions, and lets go of those that have begun; one that was changed meanwhile is told again.</summary>
    public static BoardState Acknowledge(BoardState board, IReadOnlySet<QuestionSession> told, long atMs) => board with
    {
        Sessions =
        [
            .. board.Sessions.Where(session => session.StartsAtMs > atMs && (session.Stage != SessionStage.Withdrawing || !told.Contains(session)))
                .Select(session => told.Contains(session) ? session with { Stage = SessionStage.Reminded } : session),
        ],
    };

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

    // The sessions but for one; it stays to be withdrawn when learners were chosen for another hour than it has from now on.
    private static IEnumerable<QuestionSession> Without(BoardState board, string session, long? startsAtMs)
    {
        foreach (var other in board.Sessions)
        {
            if (other.Id != session || other.Stage == SessionStage.Withdrawing)
            {
                yield return other;
            }
            else if (other.StartsAtMs != startsAtMs && other.Reminded.Count > 0)
            {
                yield return other with { Stage = SessionStage.Withdrawing };
            }
        }
    }

    private static Rejection? Check(QuestionSession session, long atMs) =>
        LearnerEventRules.CheckId(session.Id, "session_id", required: true)
        ?? (Encoding.UTF8.GetByteCount(session.Id) > SessionIdBytesMax ? Fault("session_id", $"Shorten session_id to at most {SessionIdBytesMax} bytes of UTF-8.") : null)
        ?? LearnerEventRules.CheckText(session.Title, "title", CourseDefinitionRules.TitleBytesMax)
        ?? (session.Link.Length == 0 || (Encoding.UTF8.GetByteCount(session.Link) <= TemplateRules.LinkBytesMax && TemplateRules.IsAddress(session.Link))
            ? null
            : Fault("link", "Begin the link with https:// or the scheme of your app, and write it without blanks, in at most 1 KiB."))
        ?? (session.StartsAtMs > atMs ? null : Fault("starts_at", "Send a time that lies ahead."))
        ?? (session.LeadMs is >= LeadMsMin and <= LeadMsMax ? null : Fault("remind_before", "Send a duration from one minute to 7 days, or none."));

    private static Rejection Fault(string field, string message) => new(RejectionReason.InvalidField, field, message);
}
