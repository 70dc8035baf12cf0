using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Simulation;

/// <summary>Learners, courses and rosters as plain objects around the pure rules, driven by a seeded schedule of everything that may go wrong.</summary>
/// <remarks>
/// Decide, remember, tell: journal, marks, snapshots and roster rows are what survives; rows under way, answers and all state in memory may be lost at any step. At the end
/// the faults stop, everything pending is told, and the course sums have to equal the sum over the learners.
/// </remarks>
internal sealed class EngineSimulation
{
    private const int LearnerCount = 3;
    private const int ShardCount = 2;
    private const int Days = 15;
    private const int StepCount = 120;
    private const int RestRoundsMax = 2_000;

    private readonly Random _random;
    private readonly LearnerPolicy _policy;
    private readonly bool _restores;
    private readonly Dictionary<CourseId, CourseDefinition> _courses;
    private readonly LearnerId[] _ids = [.. Enumerable.Range(0, LearnerCount).Select(i => new LearnerId($"learner-{i}"))];
    private readonly SimulatedClient[] _clients;
    private readonly LivingLearner[] _learners;
    private readonly Dictionary<CourseId, SimulatedRoster[]> _rosters;
    private readonly List<(CourseId Course, byte[] Row)> _underway = [];
    private LearnerStore[]? _backup;
    private long _incarnation = 1;
    private long _nowMs = MondayMs + ((Days + 1) * DayMs);

    public EngineSimulation(int seed)
    {
        _random = new Random(seed);

        // Either a short memory, so that identities are dropped and late events refused, or a store that is set back, after which all is sent again and must be heard.
        _restores = seed % 2 == 1;
        _policy = _restores ? LearnerPolicy.Default : LearnerPolicy.Default with { DedupeHorizonDays = 4, DedupeIdsMax = 30 };
        _courses = LearnerEventGen.Courses.ToDictionary(id => new CourseId(id), id => Definition(id, 1));
        _clients = [.. _ids.Select(_ => new SimulatedClient(_random, 60, Days))];
        _learners = [.. _ids.Select(_ => Activate(new LearnerStore()))];
        _rosters = _courses.Keys.ToDictionary(id => id, _ => new[] { new SimulatedRoster(), new SimulatedRoster() });
    }

    /// <summary>How often each thing happened, to make sure that it did.</summary>
    public Dictionary<string, int> Happened { get; } = [];

    /// <summary>Runs the schedule and checks what came of it.</summary>
    public void Run()
    {
        for (var step = 0; step < StepCount; step++)
        {
            _nowMs += MinuteMs;
            Step();
        }

        ComeToRest();

        // Courses change while their learners are silent: only the refresh tells of it.
        Revise();
        ComeToRest();
        for (var i = 0; i < LearnerCount; i++)
        {
            CheckLearner(i);
        }

        foreach (var course in _courses.Keys)
        {
            CheckCourse(course);
        }
    }

    private void Step()
    {
        var i = _random.Next(LearnerCount);
        switch (_random.Next(20))
        {
            case < 9:
                Send(i, faults: true);
                break;
            case < 13:
                Deliver(faults: true);
                break;
            case 13:
                Note("learner crashed");
                _learners[i].Crash();
                break;
            case 14:
                Sweep(i);
                break;
            case 15:
                SaveAndTrim(i);
                break;
            case 16:
                Note("roster crashed");
                _rosters[AnyCourse()][_random.Next(ShardCount)].Crash();
                break;
            case 17:
                Note("rows under way lost");
                _underway.RemoveAll(_ => _random.Next(2) == 0);
                break;
            case 18:
                Revise();
                break;
            default:
                BackUpOrRestore();
                break;
        }
    }

    // Decide, remember, tell; a crash may fall between any two of them, and the answer may be lost.
    private void Send(int i, bool faults)
    {
        if (!_clients[i].HasUnacknowledged)
        {
            return;
        }

        var (learner, batch) = (_learners[i], _clients[i].NextBatch(_random, _nowMs));
        var decisions = learner.Fold(_nowMs, batch, out var frame);
        if (faults && _random.Next(10) == 0)
        {
            Note("crashed before remembering");
            learner.Crash();
            return;
        }

        if (frame is not null)
        {
            learner.Store.Append(frame);
        }

        if (faults && _random.Next(10) == 0)
        {
            Note("crashed between remembering and telling");
            learner.Crash();
            return;
        }

        foreach (var conclusion in frame?.Conclusions ?? [])
        {
            _underway.Add((conclusion.Course, RowOf(i, conclusion.Course)));
        }

        if (faults && _random.Next(10) == 0)
        {
            Note("answer lost");
            return;
        }

        Array.ForEach(decisions, d => Note(d.Rejection?.Reason.ToString() ?? d.Status.ToString()));
        _clients[i].Hear(batch, decisions);
    }

    // A row arrives: any one, whatever was sent first, and perhaps again later. Its mark goes when the roster has stored it, if the acknowledgement arrives.
    private void Deliver(bool faults)
    {
        if (_underway.Count == 0)
        {
            return;
        }

        var at = _random.Next(_underway.Count);
        var (course, payload) = _underway[at];
        if (faults && _random.Next(4) == 0)
        {
            Note("row delivered twice");
        }
        else
        {
            _underway.RemoveAt(at);
        }

        var row = RosterRowCodec.Decode(payload);
        var roster = _rosters[course][ShardOf(row.Learner)];
        var stale = roster.StaleRows;
        roster.Receive(payload);
        Note(roster.StaleRows > stale ? "stale row refused" : "row taken");
        if (faults && _random.Next(4) == 0)
        {
            Note("acknowledgement lost");
        }
        else if (row.Version.Incarnation == _incarnation)
        {
            _learners[Array.IndexOf(_ids, row.Learner)].Store.Acknowledge(course, row.Version.Sequence);
        }
    }

    private void Sweep(int i)
    {
        foreach (var course in _learners[i].Store.Marks.Keys.ToArray())
        {
            Note("told again");
            _underway.Add((course, RowOf(i, course)));
        }
    }

    private void SaveAndTrim(int i)
    {
        var learner = _learners[i];
        learner.Seal();
        if (_random.Next(3) == 0)
        {
            Note("crashed between seal and snapshot");
            learner.Crash();
            return;
        }

        learner.Save();
        if (_random.Next(3) == 0)
        {
            Note("crashed between snapshot and trim");
            learner.Crash();
            return;
        }

        var frames = learner.Store.FrameCount;
        learner.Store.Trim();
        Note(learner.Store.FrameCount < frames ? "journal trimmed" : "nothing to trim");
    }

    private void Revise()
    {
        var course = AnyCourse();
        Note("course revised");
        _courses[course] = Definition(course.Value, _courses[course].Version + 1);
    }

    private void BackUpOrRestore()
    {
        if (!_restores)
        {
            return;
        }

        if (_backup is null)
        {
            Note("backed up");
            _backup = [.. _learners.Select(l => l.Store.Copy())];
        }
        else if (_incarnation == 1)
        {
            // The rosters stay ahead of the learners, and rows told before are still under way.
            Note("restored");
            _incarnation++;
            for (var i = 0; i < LearnerCount; i++)
            {
                _learners[i] = Activate(_backup[i]);
                _clients[i].SendAllAgain();
            }
        }
    }

    private void ComeToRest()
    {
        var rounds = 0;
        while (_clients.Any(c => c.HasUnacknowledged) || _underway.Count > 0 || _learners.Any(l => l.Store.Marks.Count > 0) || RefreshOutdated())
        {
            Assert.True(rounds++ < RestRoundsMax, $"Not at rest after {RestRoundsMax} rounds: marks, rows or events are never told.");
            for (var i = 0; i < LearnerCount; i++)
            {
                Send(i, faults: false);
                Sweep(i);
            }

            while (_underway.Count > 0)
            {
                Deliver(faults: false);
            }
        }
    }

    // The sweep after a course changed: rows made with an older definition are asked for again.
    private bool RefreshOutdated()
    {
        foreach (var (course, shards) in _rosters)
        {
            foreach (var row in shards.SelectMany(s => s.Rows).Where(r => r.Version.DefinitionVersion < _courses[course].Version))
            {
                Note("row refreshed");
                _underway.Add((course, RowOf(Array.IndexOf(_ids, row.Learner), course)));
            }
        }

        return _underway.Count > 0;
    }

    private void CheckLearner(int i)
    {
        var (state, store) = (_learners[i].State, _learners[i].Store);
        var replayed = new LearnerState();
        var facts = new LearnerState();
        var frames = store.Archive.ConvertAll(payload => LearnerFrame.Decode(payload));
        var events = frames.SelectMany(f => f.Events).ToArray();
        var identities = events.Select(e => (e.Source, e.EventId)).ToHashSet();

        Assert.Equal(events.Length, identities.Count);
        Assert.Equal(events.Length, state.EventCount);
        Assert.Subset(identities, _clients[i].Acknowledged);
        Assert.Equal(_restores ? _clients[i].All.Count : identities.Count, identities.Count);

        frames.ForEach(frame => frame.Replay(replayed, _policy));
        Assert.Equal(_learners[i].Snapshot, Convert.ToHexString(LearnerSnapshotCodec.Encode(replayed)));

        // As if everything had come once, in order of time, with a memory that never forgets.
        foreach (var e in events.OrderBy(e => e.OccurredAtMs))
        {
            LearnerRules.Fold(facts, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        Assert.Equal(facts.Enrolments.Count, state.Enrolments.Count);
        Assert.All(facts.Enrolments, expected => Assert.Equal(FactHash.Of(expected), FactHash.Of(state.FindEnrolment(expected.Course)!)));
    }

    private void CheckCourse(CourseId course)
    {
        var shards = _rosters[course];
        var rows = Enumerable.Range(0, LearnerCount)
            .Where(i => _learners[i].State.FindEnrolment(course) is not null)
            .Select(i => RosterRowCodec.Decode(RowOf(i, course)))
            .ToArray();
        var expected = RosterGen.Summed(rows);
        var live = new RosterSums();
        Array.ForEach(shards, s => live.Merge(s.Sums));

        Assert.Equal(_learners.Sum(l => l.State.FindEnrolment(course)?.KindCounts.ToArray().Sum() ?? 0), live.Counts.Events);
        RosterGen.AssertSame(expected, live);
        RosterGen.AssertSame(
            TimedSums.Evaluate(rows.Select(r => new EvaluatedRow(r, r.Probability, r.Band, r.Progress)), _courses[course], _nowMs),
            TimedSums.Evaluate(shards.SelectMany(s => s.Rows).Select(r => new EvaluatedRow(r, r.Probability, r.Band, r.Progress)), _courses[course], _nowMs));

        var rebuilt = new RosterSums();
        foreach (var shard in shards)
        {
            shard.Crash();
            rebuilt.Merge(shard.Sums);
        }

        RosterGen.AssertSame(expected, rebuilt);
    }

    // Under a new definition the learner may be done without doing anything: that is concluded, and remembered, before it is told.
    private byte[] RowOf(int i, CourseId course)
    {
        var learner = _learners[i];
        learner.ConcludeAnew(_nowMs, learner.State.FindEnrolment(course)!);
        return RosterRowCodec.Encode(learner.RowOf(_ids[i], learner.State.FindEnrolment(course)!, _incarnation));
    }

    private LivingLearner Activate(LearnerStore store) => new(store, _policy, id => _courses[id]);

    private CourseId AnyCourse() => _courses.Keys.ElementAt(_random.Next(_courses.Count));

    private static int ShardOf(LearnerId learner) => CourseKey.For(Domain.Tenants.TenantId.Default, new("any")).RosterFor(learner, ShardCount).Shard;

    private CourseDefinition Definition(string course, long version) => CourseBuilder.Course(
        course, [.. Enumerable.Range(0, 3).Select(lesson => CourseBuilder.Video($"lesson-{lesson}", _random.Next(0, 4) * 15) with { Required = _random.Next(2) == 0 })]) with
    {
        Version = version,
        Rule = _random.Next(2) == 0 ? CompletionRule.AllRequired : new(CompletionRuleKind.Share, 0.4, null),
    };

    private void Note(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;
}
