using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.Testing;

/// <summary>Runs real campaigns through days and weeks of a fake clock against simulated or recorded learners, and tells what was sent.</summary>
/// <remarks>
/// The engine is the real one: grains in a cluster of one silo in this process, with stores in memory. After each step of the clock learners act, courses and campaigns hear of it, and campaigns look for whom they fall due; each is
/// waited for, so that the same seed gives the same sends. Not safe for several threads. Everything is in one tenant.
/// </remarks>
public sealed class TimeTravel : IAsyncDisposable
{
    private const int NudgesPerLook = 8;

    private readonly TravelCluster _cluster;
    private readonly TimeTravelOptions _options;
    private readonly Dictionary<CourseId, CourseDefinition> _courses = [];
    private readonly SortedDictionary<string, CampaignDefinition> _campaigns = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LearnerTimeline> _learners = new(StringComparer.Ordinal);
    private readonly HashSet<(string Nudge, long DecidedAtMs)> _known = [];
    private readonly List<SentNudge> _sends = [];
    private readonly List<NudgeRecord> _decisions = [];

    private TimeTravel(TravelCluster cluster, TimeTravelOptions options) => (_cluster, _options) = (cluster, options);

    /// <summary>When it is for the engine.</summary>
    public DateTimeOffset Now => _cluster.Clock.GetUtcNow();

    /// <summary>What went out so far, in the order of time, and at one time in the order of learners.</summary>
    public IReadOnlyList<SentNudge> Sends => _sends;

    /// <summary>Every decision so far, those not to send with their reason, in the same order.</summary>
    public IReadOnlyList<NudgeRecord> Decisions => _decisions;

    /// <summary>Starts the engine.</summary>
    /// <param name="options">When to start, in which steps to go, and the seed; null for the defaults.</param>
    /// <exception cref="ArgumentException">The step is shorter than a minute or longer than an hour.</exception>
    public static async Task<TimeTravel> StartAsync(TimeTravelOptions? options = null)
    {
        options ??= new();
        if (options.Step < TimeSpan.FromMinutes(1) || options.Step > TimeSpan.FromHours(1))
        {
            throw new ArgumentException("A step lasts from a minute to an hour.", nameof(options));
        }

        return new(await TravelCluster.StartAsync(options.Start), options);
    }

    /// <summary>Defines a course, or replaces its definition.</summary>
    /// <exception cref="ArgumentException">It is malformed; the message names the fields.</exception>
    public async Task AddCourseAsync(CourseDefinition course)
    {
        var key = CourseKey.For(TenantId.Default, course.Course);
        var outcome = await _cluster.Grains.GetGrain<ICourseGrain>(key.Value).UpsertAsync(course, null);
        _courses[course.Course] = outcome.Definition ?? throw Refused(course.Course.Value, outcome.Faults);
    }

    /// <summary>Defines a campaign, or replaces its definition; it begins with the next step.</summary>
    /// <remarks>Without a control share it takes the engine's default.</remarks>
    /// <exception cref="ArgumentException">It is malformed; the message names the fields.</exception>
    public async Task AddCampaignAsync(CampaignDefinition campaign)
    {
        var outcome = await CampaignOf(campaign.Campaign).UpsertAsync(campaign, null);
        _campaigns[campaign.Campaign.Value] = outcome.Definition ?? throw Refused(campaign.Campaign.Value, outcome.Faults);
    }

    /// <summary>Adds a learner, who is enrolled at once.</summary>
    /// <exception cref="ArgumentException">The course was not added, the learner was before, or the preferences are malformed.</exception>
    public async Task AddLearnerAsync(SimulatedLearner learner)
    {
        if (!_courses.TryGetValue(learner.Course, out var course))
        {
            throw new ArgumentException($"Add course '{learner.Course}' before its learners.", nameof(learner));
        }

        var timeline = new LearnerTimeline(learner, course.TimeZone, _options.Seed, NowMs);
        if (!_learners.TryAdd(learner.Learner.Value, timeline))
        {
            throw new ArgumentException($"Learner '{learner.Learner}' was added before.", nameof(learner));
        }

        if (learner.Preferences != LearnerPreferences.None)
        {
            var outcome = await LearnerOf(learner.Learner).SetPreferencesAsync(learner.Preferences);
            if (outcome.Preferences is null)
            {
                throw Refused(learner.Learner.Value, outcome.Faults);
            }
        }

        await ActAsync(timeline);
        await _cluster.TellAsync();
    }

    /// <summary>Lets so many days pass.</summary>
    /// <exception cref="InvalidOperationException">An event was not accepted, or the engine warned of something: the run is not what it seems.</exception>
    public Task RunDaysAsync(int days) => RunAsync(TimeSpan.FromDays(days));

    /// <summary>Lets time pass.</summary>
    /// <exception cref="InvalidOperationException">An event was not accepted, or the engine warned of something: the run is not what it seems.</exception>
    public async Task RunAsync(TimeSpan time)
    {
        for (var end = Now + time; Now < end;)
        {
            _cluster.Clock.Advance(end - Now < _options.Step ? end - Now : _options.Step);
            await Task.WhenAll(_learners.Values.Select(ActAsync));
            await _cluster.TellAsync();
            var decided = 0;
            foreach (var campaign in _campaigns.Values)
            {
                decided += await _cluster.ScanAsync(CampaignKey.For(TenantId.Default, campaign.Campaign), campaign.Learns);
            }

            if (decided > 0)
            {
                await LookAsync();
            }
        }
    }

    /// <summary>What came of a campaign so far.</summary>
    /// <exception cref="ArgumentException">There is no such campaign.</exception>
    public async Task<CampaignReport> GetReportAsync(CampaignId campaign)
    {
        await _cluster.TellAsync();
        return await CampaignOf(campaign).GetReportAsync() ?? throw new ArgumentException($"There is no campaign '{campaign}'.", nameof(campaign));
    }

    /// <summary>Ends the engine and forgets everything.</summary>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private long NowMs => Now.ToUnixTimeMilliseconds();

    private ILearnerGrain LearnerOf(LearnerId learner) => _cluster.Grains.GetGrain<ILearnerGrain>(LearnerKey.For(TenantId.Default, learner).Value);

    private ICampaignGrain CampaignOf(CampaignId campaign) => _cluster.Grains.GetGrain<ICampaignGrain>(CampaignKey.For(TenantId.Default, campaign).Value);

    private async Task ActAsync(LearnerTimeline timeline)
    {
        foreach (var batch in timeline.LiveUntil(NowMs).Chunk(EventBatch.EventsMax))
        {
            var outcome = await LearnerOf(timeline.Learner.Learner).RecordAsync(new(batch, 0));
            for (var i = 0; i < batch.Length; i++)
            {
                if (outcome.Results[i].Status is not (EventStatus.Accepted or EventStatus.Duplicate))
                {
                    throw new InvalidOperationException($"Event {batch[i].EventId} of {timeline.Learner.Learner} was not accepted: {outcome.Results[i].Rejection?.Message}");
                }
            }
        }
    }

    // Who has decided something is not known, only that somebody has: the newest few decisions of everybody are looked through.
    private async Task LookAsync()
    {
        var query = new NudgeQuery(null, null, SentOnly: false, NudgesPerLook * _campaigns.Count);
        var nowMs = NowMs;
        var nudges = await Task.WhenAll(_learners.Values.Select(timeline => LearnerOf(timeline.Learner.Learner).ListNudgesAsync(query).AsTask()));
        foreach (var (timeline, views) in _learners.Values.Zip(nudges))
        {
            foreach (var view in views.Reverse().Where(view => _known.Add((view.Nudge, view.DecidedAtMs))))
            {
                Keep(timeline, view, nowMs);
            }
        }
    }

    private void Keep(LearnerTimeline timeline, NudgeView view, long nowMs)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(view.DecidedAtMs);
        var learner = timeline.Learner.Learner;
        _decisions.Add(new(view.Nudge, learner, new(view.Campaign), view.Occurrence, at, view.Verdict, view.Reason, view.Group, view.Arm, view.Propensity));
        if (view.Verdict == NudgeVerdict.Sent)
        {
            var sent = new SentNudge(view.Nudge, learner, new(view.Course), new(view.Campaign), view.Occurrence, at, view.Channel, view.Arm, view.Subject, view.Text);
            _sends.Add(sent);
            timeline.Take(sent, nowMs);
        }
    }

    private static ArgumentException Refused(string what, IEnumerable<Rejection> faults) =>
        new($"'{what}' is malformed: {string.Join("; ", faults.Select(fault => $"{fault.Field}: {fault.Message}"))}");
}
