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
    private const int PageMax = 100;
    private static readonly TimeSpan _heartbeatPeriod = TimeSpan.FromMinutes(1);

    private readonly HashSet<(QuestionId Question, QuestionEffect Effect)> _told = [];
    private readonly QuestionStore _store;
    private readonly QuestionTeller _teller;
    private readonly CourseCatalog _courses;
    private readonly QuestionOptions _options;
    private readonly QuestionPolicy _policy;
    private readonly TimeProvider _time;
    private readonly Watchers _watchers;
    private readonly ILogger<QuestionBoardGrain> _log;
    private readonly CourseKey _key;
    private readonly QuestionBoard _board;
    private Task _telling = Task.CompletedTask;
    private QuestionSession? _remindedOf;
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
        (_store, _teller, _courses, _options, _time, _log) = (store, teller, courses, options.Value, time, log);
        _policy = _options.ToPolicy();
        _watchers = new(time, _options.WatchersMax, watchEnd);
        _key = CourseKey.Parse(this.GetPrimaryKeyString());
        if (CourseKey.For(_key.Tenant, _key.Course) != _key || LearnerEventRules.CheckId(_key.Course.Value, "course_id", required: true) is not null)
        {
            throw new FormatException($"'{_key.Value}' is not how the key of a course is written: build it with {nameof(CourseKey)}.{nameof(CourseKey.For)}.");
        }

        _board = new(_key, _store, _policy);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _board.LoadAsync();
        this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(TimeSpan.Zero, _options.LookEvery));
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
            Tell();
        }

        return QuestionViewing.WholeOf(read, NowMs, _policy);
    }

    public ValueTask<QuestionPage> ListAsync(QuestionQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, PageMax);
        QuestionPosition? after = query.After is { } cursor && QuestionId.TryParse(cursor.Question, out var question) ? new(cursor.Score, cursor.AskedAtMs, question) : null;
        var found = new QuestionSelection(query.Filter, query.Lesson, query.Order, after, limit + 1).From(_board.Questions, NowMs, _policy);
        return new(new QuestionPage([.. found.Take(limit).Select(HeadOf)], found.Count <= limit));
    }

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

        var changed = _board.Questions.Where(question => question.Revision > revision).OrderBy(question => question.Revision).Take(PageMax).ToList();
        return new([.. changed.Select(HeadOf)], changed.Count > 0 ? changed[^1].Revision : revision);
    }

    public async ValueTask<SessionOutcome> ScheduleSessionAsync(SessionView session)
    {
        if (await UnknownCourseAsync() is { } unknown)
        {
            return new(null, unknown);
        }

        var (board, fault) = BoardRules.Schedule(_board.State, new(session.Session, session.Title, session.StartsAtMs, 0), NowMs, _policy);
        if (board is not null && board != _board.State)
        {
            await WakeAsync();
            await WriteAsync(() => _board.StoreAsync(board));
        }

        return new(fault is null ? session : null, fault);
    }

    public ValueTask<SessionView[]> ListSessionsAsync() =>
        new([.. _board.State.Sessions.Where(session => session.StartsAtMs > NowMs).Select(session => new SessionView(session.Id, session.Title, session.StartsAtMs))]);

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

    private QuestionView HeadOf(QuestionState question) => QuestionViewing.HeadOf(question, NowMs, _policy);

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

    private async Task<QuestionState> ShowAsync(Func<Task<QuestionState>> writeAsync)
    {
        var shown = await WriteAsync(writeAsync);
        _watchers.Wake();
        Tell();
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
            foreach (var question in _board.Questions.Where(question => QuestionRules.IsDue(question, NowMs, _policy)).ToList())
            {
                await AskLikelyAsync(question);
            }

            Tell();
            await RestAsync();
        }
        catch (Exception e)
        {
            LogLookFailed(_log, _key.Value, e);
        }
    }

    private async Task AskLikelyAsync(QuestionState question)
    {
        var campaigns = _board.State.CampaignsFor(QuestionOccasions.Unanswered);
        IReadOnlyList<LearnerId> likely = [];
        if (campaigns.Count > 0)
        {
            var known = LikelyAnswerers.Of(_board.Questions).Concat(await FinishersAsync(question.Lesson));
            likely = LikelyAnswerers.Choose(question, known, NowMs, _policy);
        }

        await WriteAsync(() => _board.ReplaceAsync(QuestionRules.AskLikely(question, likely, campaigns, NowMs, _policy), isVisible: false));
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
        var told = _told.ToList();
        foreach (var ofQuestion in told.GroupBy(one => one.Question))
        {
            if (_board.Find(ofQuestion.Key) is { } question)
            {
                var next = QuestionRules.Acknowledge(question, ofQuestion.Select(one => one.Effect).ToHashSet());
                await WriteAsync(() => _board.ReplaceAsync(next, isVisible: false));
            }
        }

        _told.ExceptWith(told);
        if (_remindedOf is { } session)
        {
            await WriteAsync(() => _board.StoreAsync(BoardRules.Remind(_board.State, session, NowMs)));
            _remindedOf = null;
        }
    }

    // Runs beside the board's turns: it changes nothing of the board but what was told.
    private void Tell()
    {
        if (_telling.IsCompleted)
        {
            _telling = TellAllAsync();
        }
    }

    private async Task TellAllAsync()
    {
        using var room = new SemaphoreSlim(_options.TellsInFlightMax);
        var session = _remindedOf is null ? BoardRules.DueSession(_board.State, NowMs, _policy) : null;
        var tells = _board.Questions.Where(question => question.Pending.Count > 0).ToList().Select(question => InRoomAsync(room, () => TellAsync(question))).ToList();
        if (session is not null)
        {
            tells.AddRange(AskersOf(session).Select(offer => InRoomAsync(room, () => _teller.TellAsync(_key, session, offer.Asker, offer.Campaign, _policy))));
        }

        var done = await Task.WhenAll(tells);
        if (session is not null && done.All(isDone => isDone))
        {
            _remindedOf = session;
        }
    }

    private List<(LearnerId Asker, QuestionListener Campaign)> AskersOf(QuestionSession session) =>
    [
        .. _board.Questions.Where(question => !question.IsAnswered && question.AskedAtMs < session.StartsAtMs).Select(question => question.Asker).Distinct()
            .SelectMany(asker => _board.State.Listeners.Where(listener => listener.Occasions.HasFlag(QuestionOccasions.Session)).Select(campaign => (asker, campaign))),
    ];

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
            LogTellFailed(_log, _key.Value, e);
            return false;
        }
        finally
        {
            room.Release();
        }
    }

    // In order: a learner is enrolled by the event of asking before an answer is offered.
    private async Task TellAsync(QuestionState question)
    {
        foreach (var effect in question.Pending.Where(effect => !_told.Contains((question.Id, effect))))
        {
            await _teller.TellAsync(_key, question, effect, _board.State.VersionOf(effect.Campaign));
            _told.Add((question.Id, effect));
        }
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

    [LoggerMessage(2483, LogLevel.Warning, "The question board of {Course} could not tell a learner; it tries again.")]
    private static partial void LogTellFailed(ILogger logger, string course, Exception e);
}
