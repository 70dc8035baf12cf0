using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>Hands what the silo's learners decided to send to the dispatcher.</summary>
/// <remarks>What is lost here, by a crash or because there is no room, stands in the pending index and is told again.</remarks>
internal sealed partial class NudgeOutbox(
    NudgeComposer composer,
    NudgeDispatcher dispatcher,
    IPendingIndex pending,
    IOptions<CampaignOptions> options,
    ILogger<NudgeOutbox> log)
{
    private int _inFlight;

    /// <summary>How many messages are being made ready.</summary>
    public int UnderWay => Volatile.Read(ref _inFlight);

    /// <summary>Looks through a learner's nudges for what is to be delivered.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="preferences">The learner's preferences.</param>
    /// <param name="nudges">What is remembered of nudges.</param>
    /// <param name="sequence">The newest frame that is stored.</param>
    /// <param name="isNew">Whether it was stored just now.</param>
    /// <param name="all">Whether to hand on everything that has not ended, and not only what the frame brought.</param>
    public void Offer(LearnerKey learner, LearnerPreferences preferences, NudgeLog nudges, long sequence, bool isNew, bool all)
    {
        var (changed, pendingLeft) = (false, false);
        foreach (var entry in nudges.Entries)
        {
            var isChanged = isNew && entry.ChangedAtSequence == sequence;
            changed |= isChanged;
            if (entry.Delivery == NudgeDelivery.Pending)
            {
                pendingLeft = true;
                if ((isChanged || all) && DigestRules.PartsOf(nudges, entry.Decision) is var parts && parts[0] == entry)
                {
                    Start(learner, preferences, parts.ConvertAll(part => part.Decision));
                }
            }
        }

        if (!pendingLeft && (changed || all))
        {
            // Not beyond this frame: the next one may begin another delivery before the acknowledgement arrives.
            _ = AcknowledgeAsync(new(learner, NudgeTargets.Deliveries, sequence));
        }
    }

    private void Start(LearnerKey learner, LearnerPreferences preferences, List<NudgeDecision> parts)
    {
        if (Interlocked.Increment(ref _inFlight) > options.Value.MessagesInFlightMax)
        {
            Interlocked.Decrement(ref _inFlight);
            return;
        }

        _ = SendAsync(learner, preferences, parts);
    }

    private async Task SendAsync(LearnerKey learner, LearnerPreferences preferences, List<NudgeDecision> parts)
    {
        try
        {
            if (await composer.ComposeAsync(learner, preferences, parts) is { } message)
            {
                dispatcher.Offer(message, parts[0].Channel);
            }
        }
        catch (Exception e)
        {
            LogNotReady(log, learner.Value, NudgeIds.ToText(parts[0].Id), e);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task AcknowledgeAsync(PendingMark mark)
    {
        try
        {
            await pending.AcknowledgeAsync([mark], CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotAcknowledged(log, mark.Learner.Value, e);
        }
    }

    [LoggerMessage(2470, LogLevel.Warning, "Nudge {Nudge} of learner {Learner} could not be made ready; it is told again.")]
    private static partial void LogNotReady(ILogger logger, string learner, string nudge, Exception e);

    [LoggerMessage(2471, LogLevel.Warning, "The end of learner {Learner}'s deliveries could not be acknowledged; it is told again.")]
    private static partial void LogNotAcknowledged(ILogger logger, string learner, Exception e);
}
