using CourseCompletion.Domain.Campaigns.Audience;
using CourseCompletion.Domain.Completion.Bands;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Audiences on the wire and in the engine.</summary>
internal static class AudienceMapping
{
    /// <summary>Reads a filter; everybody for none.</summary>
    public static AudienceFilter Read(Wire.Audience? audience) => audience is null ? AudienceFilter.Everybody : new()
    {
        Bands = [.. audience.Bands.Select(band => (CompletionBand)band)],
        ProbabilityMin = audience.HasProbabilityMin ? audience.ProbabilityMin : 0,
        ProbabilityMax = audience.HasProbabilityMax ? audience.ProbabilityMax : 1,
        GainMin = audience.HasGainMin ? audience.GainMin : 0,
        SilentDaysMin = audience.HasSilentDaysMin ? audience.SilentDaysMin : 0,
        SilentDaysMax = audience.HasSilentDaysMax ? audience.SilentDaysMax : null,
        ProgressMin = audience.HasProgressMin ? audience.ProgressMin : 0,
        ProgressMax = audience.HasProgressMax ? audience.ProgressMax : 1,
        DueWithinDays = audience.HasDueWithinDays ? audience.DueWithinDays : null,
        CourseTags = [.. audience.CourseTags],
    };

    /// <summary>Writes a filter, with what is given only.</summary>
    public static Wire.Audience? ToWire(AudienceFilter filter)
    {
        if (filter == AudienceFilter.Everybody)
        {
            return null;
        }

        var wire = new Wire.Audience { Bands = { filter.Bands.Select(band => (Wire.CompletionBand)band) }, CourseTags = { filter.CourseTags } };
        var open = AudienceFilter.Everybody;
        if (!filter.ProbabilityMin.Equals(open.ProbabilityMin))
        {
            wire.ProbabilityMin = filter.ProbabilityMin;
        }

        if (!filter.ProbabilityMax.Equals(open.ProbabilityMax))
        {
            wire.ProbabilityMax = filter.ProbabilityMax;
        }

        if (!filter.GainMin.Equals(open.GainMin))
        {
            wire.GainMin = filter.GainMin;
        }

        if (filter.SilentDaysMin != open.SilentDaysMin)
        {
            wire.SilentDaysMin = filter.SilentDaysMin;
        }

        if (filter.SilentDaysMax is { } silentDaysMax)
        {
            wire.SilentDaysMax = silentDaysMax;
        }

        if (!filter.ProgressMin.Equals(open.ProgressMin))
        {
            wire.ProgressMin = filter.ProgressMin;
        }

        if (!filter.ProgressMax.Equals(open.ProgressMax))
        {
            wire.ProgressMax = filter.ProgressMax;
        }

        if (filter.DueWithinDays is { } dueWithinDays)
        {
            wire.DueWithinDays = dueWithinDays;
        }

        return wire;
    }
}
