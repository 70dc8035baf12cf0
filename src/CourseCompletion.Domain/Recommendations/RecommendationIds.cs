using System.Globalization;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>The ids of lists and their places: what an estimate of another policy needs to know of how they came about.</summary>
/// <remarks><c>rec:{policy}:{seed}:{day}:{revision}</c> for a list, <c>:{place}:{millionths}</c> behind it for a place, from 1, and its propensity.</remarks>
public static class RecommendationIds
{
    private const double Million = 1_000_000;
    private const int PartsOfPlace = 7;

    /// <summary>The id of a list.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="day">The UTC day of the draw.</param>
    /// <param name="revision">What the recommender knew: how many courses it had counted.</param>
    public static string OfList(RecommendationPolicy policy, long day, long revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{TasteRules.IdPrefix}{policy.Version}:{policy.Seed}:{day}:{revision}");

    /// <summary>Reads the id of a place.</summary>
    /// <param name="id">The id; anything else gives false.</param>
    /// <param name="list">The list's id.</param>
    /// <param name="place">The place, from 1.</param>
    /// <param name="propensity">Its propensity, above 0 and at most 1.</param>
    public static bool TryParsePlace(string? id, out string list, out int place, out double propensity)
    {
        (list, place, propensity) = ("", 0, 0);
        if (id is null || !id.StartsWith(TasteRules.IdPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = id.Split(':');
        if (parts.Length != PartsOfPlace
            || !int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out place)
            || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var millionths)
            || place < 1
            || millionths is < 1 or > (int)Million)
        {
            return false;
        }

        list = string.Join(':', parts[..^2]);
        propensity = millionths / Million;
        return true;
    }

    /// <summary>The id of a place.</summary>
    /// <param name="list">The list's id.</param>
    /// <param name="place">The place, from 0.</param>
    /// <param name="propensity">Its propensity.</param>
    public static string OfPlace(string list, int place, double propensity) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}:{place + 1}:{Math.Max(1, (long)Math.Round(propensity * Million))}");
}
