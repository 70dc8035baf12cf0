namespace CourseCompletion.Domain.Campaigns;

/// <summary>The names of purposes, as channels and links spell them.</summary>
public static class NudgePurposes
{
    private static readonly string[] _names = ["", "check_in", "questions", "win_back", "deadline"];

    /// <summary>The name of a purpose.</summary>
    public static string NameOf(NudgePurpose purpose) => _names[(int)purpose];

    /// <summary>The purpose of a name; null when there is none.</summary>
    public static NudgePurpose? Find(string name) => name.Length > 0 && Array.IndexOf(_names, name) is var at and > 0 ? (NudgePurpose)at : null;
}
