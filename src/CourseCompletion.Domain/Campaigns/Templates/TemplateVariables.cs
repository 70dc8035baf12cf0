using System.Collections.Frozen;

namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>How variables are written in templates.</summary>
public static class TemplateVariables
{
    private static readonly string[] _names =
    [
        "learner_id", "course_id", "course_title", "lesson_id", "lesson_title", "streak", "longest_streak", "days_this_week", "weekly_goal", "days_silent",
        "progress_percent", "due_date", "question_id", "question_text", "answer_text", "session_title", "session_time", "link", "unsubscribe_link",
        "session_link",
    ];

    private static readonly FrozenDictionary<string, TemplateVariable> _byName =
        _names.Select((name, i) => (name, i)).ToFrozenDictionary(pair => pair.name, pair => (TemplateVariable)pair.i, StringComparer.Ordinal);

    /// <summary>Every name, in the order of <see cref="TemplateVariable"/>.</summary>
    public static IReadOnlyList<string> Names => _names;

    /// <summary>The name of a variable.</summary>
    public static string NameOf(TemplateVariable variable) => _names[(int)variable];

    /// <summary>The variable of a name; null when there is none.</summary>
    public static TemplateVariable? Find(string name) => _byName.TryGetValue(name, out var variable) ? variable : null;

    /// <summary>Whether a value is an address, and so may stand where a browser follows it.</summary>
    public static bool IsLink(TemplateVariable variable) => variable is TemplateVariable.Link or TemplateVariable.UnsubscribeLink or TemplateVariable.SessionLink;
}
