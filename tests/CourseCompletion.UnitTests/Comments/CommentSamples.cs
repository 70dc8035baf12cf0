using CourseCompletion.Domain.Tenants;
using CourseCompletion.Prediction.Comments.Training;

namespace CourseCompletion.UnitTests.Comments;

/// <summary>Labelled comments that follow a plan, each one of a kind.</summary>
internal static class CommentSamples
{
    private static readonly string[] _things = ["房间", "服务", "早餐", "位置", "课程", "老师", "作业", "视频"];
    private static readonly string[] _good = ["很干净", "不错", "非常好", "很满意", "值得推荐"];
    private static readonly string[] _bad = ["太脏", "很差", "非常糟", "让人失望", "不推荐"];
    private static readonly string[] _englishThings = ["room", "service", "course", "teacher", "quiz", "video"];
    private static readonly string[] _englishGood = ["clean", "lovely", "well made", "worth it"];
    private static readonly string[] _englishBad = ["dirty", "awful", "badly made", "not worth it"];

    public static List<LabelledComment> Chinese(int count) => Of(count, (i, isPositive) => $"{_things[i % 8]}{Word(i, isPositive ? _good : _bad)}，{_things[i / 3 % 8]}{Word(i / 5, isPositive ? _good : _bad)}，第{i}次来");

    public static List<LabelledComment> English(int count) => Of(
        count,
        (i, isPositive) => $"The {_englishThings[i % 6]} is {Word(i, isPositive ? _englishGood : _englishBad)} and the {_englishThings[i / 3 % 6]} {Word(i / 5, isPositive ? _englishGood : _englishBad)}, visit {i}");

    /// <summary>The same as <see cref="Chinese"/>, but three of sixteen, chosen as if by lot, say the contrary of their label.</summary>
    public static List<LabelledComment> Noisy(int count) => [.. Chinese(count).Select((comment, i) => comment with { IsPositive = comment.IsPositive ^ (KeyHash.Bucket($"{i}", 16) < 3) })];

    public static string Csv(IEnumerable<LabelledComment> comments, Func<LabelledComment, string>? label = null) =>
        string.Concat(comments.Select(comment => $"{label?.Invoke(comment) ?? (comment.IsPositive ? "1" : "0")},\"{comment.Text}\"\n"));

    private static List<LabelledComment> Of(int count, Func<int, bool, string> write) => [.. Enumerable.Range(0, count).Select(i => new LabelledComment(write(i, i % 2 == 0), i % 2 == 0))];

    private static string Word(int i, string[] words) => words[i % words.Length];
}
