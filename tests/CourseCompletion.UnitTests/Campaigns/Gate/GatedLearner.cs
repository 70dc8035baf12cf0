using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.UnitTests.Learners;

namespace CourseCompletion.UnitTests.Campaigns.Gate;

/// <summary>A learner of one course who is offered nudges, as a grain does it.</summary>
internal sealed class GatedLearner
{
    private readonly LearnerPolicy _policy = LearnerPolicy.Default;
    private int _events;

    public GatedLearner(string id = "ana", long enrolledAtMs = LearnerEventBuilder.MondayMs)
    {
        Id = new(id);
        Act(EventKind.SessionStarted, enrolledAtMs);
    }

    public LearnerId Id { get; }

    public LearnerState State { get; } = new();

    /// <summary>What the campaign has learned about its arms.</summary>
    public ArmStatistics Learned { get; } = new();

    /// <summary>What the campaign has learned about whom to leave alone.</summary>
    public UpliftState Uplift { get; set; } = UpliftState.None;

    public GatePolicy Gate { get; init; } = GatePolicy.Default;

    public CourseDefinition Course { get; init; } = CourseDefinition.Draft(CampaignBuilder.Course, LearnerEventBuilder.MondayMs) with { TimeZone = "Etc/UTC" };

    /// <summary>Something the learner does.</summary>
    public void Act(EventKind kind, long atMs, string? objectId = null) => Fold(LearnerEventBuilder.Event(kind, $"e{_events}", atMs) is var e && objectId is null ? e : e with { ObjectId = objectId });

    /// <summary>Something the learner watches for the first time.</summary>
    public void Watch(long atMs, long ms)
    {
        var from = _events * 600_000L;
        Fold(LearnerEventBuilder.Watched("lesson-1", from, from + ms, $"e{_events}", atMs));
    }

    public void Prefer(LearnerPreferences preferences, long atMs = LearnerEventBuilder.MondayMs) => State.Prefer(preferences, atMs);

    /// <summary>Offers an occurrence; null when it was decided before.</summary>
    public NudgeDecision? Offer(CampaignDefinition campaign, string occurrence, long dueAtMs, long? nowMs = null, float probability = 0.5f) =>
        Offer(campaign, ScheduledOf(campaign, occurrence, dueAtMs), nowMs ?? dueAtMs, probability);

    /// <summary>Makes an offer; null when it was decided before.</summary>
    public NudgeDecision? Offer(CampaignDefinition campaign, NudgeOffer offer, long atMs, float probability = 0.5f)
    {
        var decision = Decide(campaign, offer, atMs, probability);
        State.Sequence += decision is null ? 0 : 1;
        return decision;
    }

    /// <summary>Offers occurrences in one frame.</summary>
    public NudgeDecision[] OfferTogether(IEnumerable<CampaignDefinition> campaigns, string occurrence, long dueAtMs, long nowMs)
    {
        var decisions = campaigns.Select(campaign => Decide(campaign, ScheduledOf(campaign, occurrence, dueAtMs), nowMs, 0.5f)!).ToArray();
        State.Sequence++;
        return decisions;
    }

    private NudgeOffer ScheduledOf(CampaignDefinition campaign, string occurrence, long dueAtMs) =>
        new(campaign.Campaign, campaign.Version, occurrence, Course.Course, dueAtMs, IsScheduled: true, []);

    private NudgeDecision? Decide(CampaignDefinition campaign, NudgeOffer offer, long atMs, float probability)
    {
        var clock = State.ClockIn(Course);
        var quiet = new QuietHours(State.Preferences.QuietFromMinute, State.Preferences.QuietToMinute);
        var moment = new LocalMoment(atMs, clock.DayOf(atMs), quiet.Includes(clock, atMs) ? quiet.EndAfter(clock, atMs) : 0);
        var standing = new GateStanding(probability, CompletionBand.OnTrack, 0, 0, null);
        var decision = NudgeGateRules.Decide(
            State, new(TenantId.Default, Id, offer, campaign, Course, moment, State.FindEnrolment(Course.Course), new(Learned, Uplift), standing), Gate);
        if (decision is not null)
        {
            NudgeRules.Remember(State, decision, State.Sequence + 1, Gate);
        }

        return decision;
    }

    private void Fold(LearnerEvent e)
    {
        _events++;
        LearnerRules.Fold(State, e, EventIdentity.Of(e.Source, e.EventId), _policy);
        State.Sequence++;
    }
}
