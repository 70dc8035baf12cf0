using BenchmarkDotNet.Attributes;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Comments.Default;

namespace CourseCompletion.Benchmarks.Comments;

/// <summary>What it costs to read a comment before its event is acknowledged, with the release's model, and to learn from a label.</summary>
[MemoryDiagnoser]
public class CommentReaderBenchmark
{
    private const int Labels = 200;

    // As many Chinese characters as an event's text can have.
    private const int LongestChars = 1_365;

    private readonly LearnedCommentReader _reader = new(DefaultCommentModel.Load());
    private CommentAdaptation _adaptation = CommentAdaptation.None;

    /// <summary>The comments, about 100 characters each but for the longest.</summary>
    [Params("chinese", "english", "longest")]
    public string Comment { get; set; } = "";

    private string Text { get; set; } = "";

    /// <summary>Makes the text, and a tenant with labels.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        Text = Comment switch
        {
            "chinese" => string.Concat(Enumerable.Repeat("老师讲得很清楚，但是第三章的例子我没看懂，作业明天就截止了。", 4))[..100],
            "english" => "The teacher explains well, but I don't understand the third example and the quiz is due tomorrow, help",
            _ => string.Concat(Enumerable.Range(0, LongestChars).Select(i => (char)('\u4E00' + (i * 7919 % 5000)))),
        };
        for (var i = 0; i < Labels; i++)
        {
            _adaptation = _reader.Learn(_adaptation, $"{Text} {i}", new(Positive: i % 2 == 0, Confused: i % 3 == 0));
        }
    }

    /// <summary>A reading for a tenant without labels.</summary>
    [Benchmark]
    public CommentReading Read() => _reader.Read(Text, CommentAdaptation.None);

    /// <summary>A reading for a tenant with labels.</summary>
    [Benchmark]
    public CommentReading ReadAdapted() => _reader.Read(Text, _adaptation);

    /// <summary>A label.</summary>
    [Benchmark]
    public CommentAdaptation Learn() => _reader.Learn(_adaptation, Text, new(Positive: true));
}
