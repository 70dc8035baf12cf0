using System.Text;

namespace CourseCompletion.Cli.Bench;

/// <summary>Makes up the comments of a load: half Chinese, half English, from phrases that learners write, each different.</summary>
internal static class BenchComments
{
    private const int Length = 100;

    private static readonly string[] _english =
    [
        "I do not understand this step at all, ", "great explanation, thank you! ", "the sound is too quiet here. ", "could you slow down a little? ", "the example with the triangle made it clear, ",
        "my quiz was not saved again, ", "is this on the exam? ", "best lesson so far, ", "why is the sign negative? ", "a bit boring after ten minutes, ",
    ];

    private static readonly string[] _chinese =
    [
        "这一步完全看不懂，", "老师讲得非常清楚，谢谢！", "声音太小了听不清。", "能不能讲慢一点？", "三角形的例子很好懂，", "测验又没有保存，", "这个考试会考吗？", "目前最好的一节课，", "为什么这里是负号？", "十分钟以后有点无聊，",
    ];

    // Making one up takes longer than sending it: the client would be measured with the server.
    private static readonly string[] _bodies = [.. Enumerable.Range(0, 4_096).Select(BodyOf)];

    /// <summary>The comment of a learner's event: 100 characters, the same whenever it is asked for.</summary>
    public static string Of(int learner, long number)
    {
        var body = _bodies[(int)(((learner * 31L) + number) & (_bodies.Length - 1))];
        var head = $"{learner}-{number} ";
        return string.Concat(head, body.AsSpan(0, Length - head.Length));
    }

    private static string BodyOf(int seed)
    {
        var random = new Random(seed);
        var phrases = random.Next(2) == 0 ? _english : _chinese;
        var text = new StringBuilder(Length + 64);
        while (text.Length < Length)
        {
            text.Append(phrases[random.Next(phrases.Length)]);
        }

        return text.ToString(0, Length);
    }
}
