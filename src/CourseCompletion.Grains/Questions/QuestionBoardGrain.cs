using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Grains.Abstractions.Questions;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Watches;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Questions;

/// <summary>The questions of one course: decides, remembers, and tells learners.</summary>
/// <remarks>
/// Key: <see cref="CourseKey"/>. Called by the gateway, backends and campaigns; calls learners, its course and its roster's shards. Changes never interleave: what is told runs beside
/// them on versions that do not change, and what was told is noted between two of them. While there is something to wait for, one reminder wakes the board each minute.
/// </remarks>
internal sealed partial class QuestionBoardGrain : Grain, IQuestionBoardGrain, IQuestionListenerGrain, IRemindable
{
    private const string Heartbeat = "heartbeat";
    private static readonly TimeSpan _heartbeatPeriod = TimeSpan.FromMinutes(1);

    private readonly CourseCatalog _courses;
    private readonly TimeSpan _lookEvery;
    private readonly QuestionPolicy _policy;
    private readonly TimeProvider _time;
    private readonly Watchers _watchers;
    private readonly ILogger<QuestionBoardGrain> _log;
    private readonly CourseKey _key;
    private readonly QuestionBoard _board;
    private readonly QuestionTelling _telling;
    private bool? _isAwake;

    public QuestionBoardGrain(
        QuestionStore store,
        QuestionTeller teller,
        CourseCatalog courses,
        WatchEnd watchEnd,
        IOptions<QuestionOptions> options,
        [FromKeyedServices(EngineTime.Key)] TimeProvider time,
        ILogger<QuestionBoardGrain> log)
    {
        (_courses, _lookEvery, _policy, _time, _log) = (courses, options.Value.LookEvery, options.Value.ToPolicy(), time, log);
        _watchers = new(time, options.Value.WatchersMax, watchEnd);
        _key = CourseKey.Parse(this.GetPrimaryKeyString());
        if (CourseKey.For(_key.Tenant, _key.Course) != _key || LearnerEventRules.CheckId(_key.Course.Value, "course_id", required: true) is not null)
        {
            throw new FormatException($"'{_key.Value}' is not how the key of a course is written: build it with {nameof(CourseKey)}.{nameof(CourseKey.For)}.");
        }

        _board = new(_key, store, _policy);
        _telling = new(_key, _board, teller, options.Value.TellsInFlightMax, log);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _board.LoadAsync();
        this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(TimeSpan.Zero, _lookEvery));
    }

    public async ValueTask<QuestionOutcome> AskAsync(AskQuestion request)
    {
        var decision = QuestionRules.Ask(new(request.Learner), request.RequestId, request.Lesson, request.Text, NowMs, _policy);
        if (decision.State is not { } asked)
        {
            return Refuse(decision.Fault!);
        }

        if (_board.Find(asked.Id) is { } known)
        {
            return Of(known);
        }

        if (await UnknownCourseAsync() is { } unknown)
        {
            return Refuse(unknown);
        }

        if (_board.Questions.Count(question => !question.IsAnswered) >= _policy.OpenMax || !await WriteAsync(() => _board.TryMakeRoomAsync(1, asked.Bytes)))
        {
            return Refuse(new(RejectionReason.LimitExceeded, "course_id", $"The course has no room for another question: {_policy.OpenMax} may wait for an answer."));
        }

        await WakeAsync();
        return Of(await ShowAsync(() => _board.AddAsync(asked)));
    }

    public async ValueTask<QuestionOutcome> AnswerAsync(AnswerQuestion request)
    {
        if (Find(request.Question) is not { } question)
        {
            return NotFound;
        }

        var answerer = new LearnerId(request.Learner);
        var campaigns = _board.State.CampaignsFor(QuestionOccasions.Answered);
        var decision = QuestionRules.Answer(question, answerer, request.RequestId, request.Text, campaigns, NowMs, _policy);
        if (decision.State is { } next && next != question && !await WriteAsync(() => _board.TryMakeRoomAsync(0, next.Bytes - question.Bytes)))
        {
            return Refuse(new(RejectionReason.LimitExceeded, "course_id", "The course has no room for another answer."));
        }

        // Making room may have let go of the very question, if it was answered long ago.
        return Find(request.Question) is null
            ? NotFound
            : await FinishAsync(question, decision, QuestionIds.OfAnswer(question.Id, answerer, request.RequestId).ToString());
    }

    public async ValueTask<QuestionOutcome> AcceptAsync(AcceptAnswer request)
    {
        if (Find(request.Question) is not { } question)
        {
            return NotFound;
        }

        return AnswerId.TryParse(request.Answer, out var answer)
            ? await FinishAsync(question, QuestionRules.Accept(question, new(request.Learner), request.RequestId, answer, NowMs, _policy))
            : Refuse(NoAnswerId);
    }

    public async ValueTask<QuestionOutcome> VoteAsync(CastVote request)
    {
        if (Find(request.Question) is not { } question)
        {
            return NotFound;
        }

        if (request.Answer.Length == 0)
        {
            return await FinishAsync(question, QuestionRules.Vote(question, new(request.Learner), request.RequestId, null, request.Vote, NowMs, _policy));
        }

        return AnswerId.TryParse(request.Answer, out var answer)
            ? await FinishAsync(question, QuestionRules.Vote(question, new(request.Learner), request.RequestId, answer, request.Vote, NowMs, _policy))
            : Refuse(NoAnswerId);
    }

    public async ValueTask<QuestionView?> GetAsync(string questionId, string? reader)
    {
        if (Find(questionId) is not { } question)
        {
            return null;
        }

        var read = reader is null ? question : QuestionRules.Read(question, new(reader), _board.State.CampaignsFor(QuestionOccasions.Answered));
        if (read != question)
        {
            await WakeAsync();
            await WriteAsync(() => _board.ReplaceAsync(read, isVisible: false));
            _telling.Start(NowMs);
        }

        return QuestionViewing.WholeOf(read, NowMs, _policy);
    }

    public ValueTask<QuestionPage> ListAsync(QuestionQuery query) => new(QuestionViewing.PageOf(_board.Questions, query, NowMs, _policy));

    public async ValueTask<QuestionChanges> WatchAsync(long? seen, TimeSpan patience)
    {
        if (seen is not { } revision || revision > _board.Revision)
        {
            return new([], _board.Revision);
        }

        if (revision == _board.Revision)
        {
            await _watchers.WaitAsync(patience);
        }

        return QuestionViewing.ChangesAfter(_board.Questions, revision, NowMs, _policy);
    }

    public async ValueTask<SessionOutcome> ScheduleSessionAsync(SessionView session)
    {
        if (await UnknownCourseAsync() is { } unknown)
        {
            return new(null, unknown);
        }

        var scheduled = new QuestionSession { Id = session.Session, Title = session.Title, Link = session.Link, StartsAtMs = session.StartsAtMs, LeadMs = session.LeadMs };
        var (board, fault) = BoardRules.Schedule(_board.State, scheduled, NowMs, _policy);
        if (board is null)
        {
            return new(null, fault);
        }

        await ChangeAsync(board);
        return new(session, null);
    }

    public async ValueTask<bool> CancelSessionAsync(string session)
    {
        if (BoardRules.Find(_board.State, session)?.IsAhead(NowMs) != true)
        {
            return false;
        }

        await ChangeAsync(BoardRules.Cancel(_board.State, session));
        return true;
    }

    public ValueTask<SessionView[]> ListSessionsAsync() =>
        new([.. _board.State.Sessions.Where(session => session.IsAhead(NowMs)).Select(session => new SessionView(session.Id, session.Title, session.StartsAtMs, session.Link, session.LeadMs))]);

    public async ValueTask ListenAsync(string campaign, long version, QuestionOccasions occasions)
    {
        var board = BoardRules.Listen(_board.State, new(new(campaign), version, occasions), _policy);
        if (board != _board.State)
        {
            await WriteAsync(() => _board.StoreAsync(board));
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => LookAsync(CancellationToken.None);

    private static Rejection NoAnswerId => new(RejectionReason.InvalidField, "answer_id", "Send the answer_id that the server gave the answer.");

    private static QuestionOutcome NotFound { get; } = new(null, null, "");

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static QuestionOutcome Refuse(Rejection fault) => new(null, fault, "");

    private QuestionOutcome Of(QuestionState question, string answer = "") => new(QuestionViewing.WholeOf(question, NowMs, _policy), null, answer);

    private QuestionState? Find(string questionId) => QuestionId.TryParse(questionId, out var id) ? _board.Find(id) : null;

    private async Task<Rejection?> UnknownCourseAsync()
    {
        var course = await _courses.GetAsync(_key.Tenant, _key.Course);
        return course.Definition is not null ? null : course.Rejection ?? new(RejectionReason.UnknownCourse, "course_id", "There is no such course: create it first.");
    }

    private async Task<QuestionOutcome> FinishAsync(QuestionState question, QuestionDecision decision, string answer = "")
    {
        if (decision.State is not { } next)
        {
            return Refuse(decision.Fault!);
        }

        if (next == question)
        {
            return Of(question, answer);
        }

        await WakeAsync();
        return Of(await ShowAsync(() => _board.ReplaceAsync(next, isVisible: true)), answer);
    }

    private async Task ChangeAsync(BoardState board)
    {
        if (board != _board.State)
        {
            await WakeAsync();
            await WriteAsync(() => _board.StoreAsync(board));
            _telling.Start(NowMs);
        }
    }

    private async Task<QuestionState> ShowAsync(Func<Task<QuestionState>> writeAsync)
    {
        var shown = await WriteAsync(writeAsync);
        _watchers.Wake();
        _telling.Start(NowMs);
        return shown;
    }

    private async Task<T> WriteAsync<T>(Func<Task<T>> writeAsync)
    {
        try
        {
            return await writeAsync();
        }
        catch
        {
            // What is stored is not known any more.
            DeactivateOnIdle();
            throw;
        }
    }

    private Task<bool> WriteAsync(Func<Task> writeAsync) => WriteAsync(async () =>
    {
        await writeAsync();
        return true;
    });

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AcknowledgeAsync();
            await AskLikelyAsync();
            await TellOverdueAsync();
            foreach (var session in BoardRules.DueSessions(_board.State, NowMs).ToList())
            {
                var askers = _board.State.CampaignsFor(QuestionOccasions.Session).Count > 0 ? SessionAudience.Of(_key.Course, [.. _board.Questions], _policy) : [];
                await WriteAsync(() => _board.StoreAsync(BoardRules.Remind(_board.State, session, askers)));
            }

            _telling.Start(NowMs);
            await RestAsync();
        }
        catch (Exception e)
        {
            LogLookFailed(_log, _key.Value, e);
        }
    }

    private async Task AskLikelyAsync()
    {
        var due = _board.Questions.Where(question => QuestionRules.IsDue(question, NowMs, _policy)).ToList();
        var campaigns = _board.State.CampaignsFor(QuestionOccasions.Unanswered);
        var likeness = due.Count > 0 && campaigns.Count > 0 ? new QuestionLikeness(_board.Questions) : null;
        foreach (var question in due)
        {
            IReadOnlyList<LearnerId> likely = [];
            if (likeness is not null)
            {
                var known = LikelyAnswerers.Of(_board.Questions, likeness.SimilarTo(question, _policy.SimilarMin).ToHashSet()).Concat(await FinishersAsync(question.Lesson));
                likely = LikelyAnswerers.Choose(question, known, NowMs, _policy);
            }

            await WriteAsync(() => _board.ReplaceAsync(QuestionRules.AskLikely(question, likely, campaigns, NowMs, _policy), isVisible: false));
        }
    }

    private async Task TellOverdueAsync()
    {
        foreach (var question in _board.Questions.Where(question => QuestionRules.IsToBeTold(question, NowMs, _policy)).ToList())
        {
            await WriteAsync(() => _board.ReplaceAsync(QuestionRules.TellOverdue(question, NowMs), isVisible: true));
            _watchers.Wake();
        }
    }

    private async Task<IEnumerable<LikelyAnswerer>> FinishersAsync(string lesson)
    {
        if (lesson.Length == 0)
        {
            return [];
        }

        var rosters = (await _courses.GetAsync(_key.Tenant, _key.Course)).Rosters;
        var activeFromMs = NowMs - _policy.LikelyActiveMs;
        var found = await Task.WhenAll(rosters.Select(roster =>
            GrainFactory.GetGrain<IRosterShardGrain>(roster.Value).SelectFinishersAsync(lesson, activeFromMs, _policy.LikelyMax).AsTask()));
        return found.SelectMany(shard => shard).Select(finisher => new LikelyAnswerer(new(finisher.Learner), 0, 0, true, finisher.ActiveAtMs));
    }

    private async Task AcknowledgeAsync()
    {
        var (told, sessions) = (_telling.Told, _telling.ToldSessions);
        foreach (var ofQuestion in told.GroupBy(one => one.Question))
        {
            if (_board.Find(ofQuestion.Key) is { } question)
            {
                var next = QuestionRules.Acknowledge(question, ofQuestion.Select(one => one.Effect).ToHashSet());
                await WriteAsync(() => _board.ReplaceAsync(next, isVisible: false));
            }
        }

        if (sessions.Count > 0)
        {
            await WriteAsync(() => _board.StoreAsync(BoardRules.Acknowledge(_board.State, sessions, NowMs)));
        }

        _telling.Forget(told, sessions);
    }

    private async Task WakeAsync()
    {
        // Before what it is for is stored: a board that nothing wakes would stand still unseen.
        if (_isAwake != true)
        {
            await this.RegisterOrUpdateReminder(Heartbeat, _heartbeatPeriod, _heartbeatPeriod);
            _isAwake = true;
        }
    }

    private async Task RestAsync()
    {
        if (_isAwake != false && !_board.HasWork(NowMs))
        {
            if (await this.GetReminder(Heartbeat) is { } reminder)
            {
                await this.UnregisterReminder(reminder);
            }

            _isAwake = false;
        }
    }

    [LoggerMessage(2482, LogLevel.Warning, "The question board of {Course} could not look for what is due; it tries again.")]
    private static partial void LogLookFailed(ILogger logger, string course, Exception e);
}
