using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>The kinds of sites in the Open University's learning environment, from <c>vle.csv</c>.</summary>
internal static class OuladSites
{
    /// <summary>The family of each site. What a presentation shares with none has the family of its own type.</summary>
    public static Dictionary<string, ActivityFamily> Read(string path, RowFaults faults)
    {
        using var table = CsvTable.Open(path, faults);
        var site = table.Required("id_site");
        var type = table.Required("activity_type");
        var families = new Dictionary<string, ActivityFamily>(StringComparer.Ordinal);
        foreach (var row in table.Rows())
        {
            families[row[site]] = FamilyOf(row[type]);
        }

        return families;
    }

    /// <summary>The family of a site's type; what is not known is <c>other</c>.</summary>
    public static ActivityFamily FamilyOf(string type) => type switch
    {
        "homepage" or "subpage" or "sharedsubpage" => ActivityFamily.Navigation,
        "page" => ActivityFamily.Page,
        "oucontent" or "resource" or "url" or "folder" or "glossary" or "htmlactivity" or "dataplus" or "dualpane" => ActivityFamily.Content,
        "forumng" or "oucollaborate" or "ouelluminate" => ActivityFamily.Discussion,
        "ouwiki" => ActivityFamily.Wiki,
        "quiz" or "externalquiz" => ActivityFamily.Quiz,
        "repeatactivity" => ActivityFamily.Problem,
        _ => ActivityFamily.Other,
    };
}
