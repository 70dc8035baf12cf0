using System.IO.Compression;
using System.Text;
using CourseCompletion.Cli.Comments;
using CourseCompletion.Cli.Engagement;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Comments;

public class CommentFileTests
{
    [Fact]
    public void Read_CommasAndHeader_GoesByName()
    {
        using var files = new TemporaryFiles();
        var path = files.Write("a.csv", "cat,label,review\nbooks,1,\"good, and \"\"cheap\"\"\"\nbooks,0,\"two\nlines\"\nbooks\n");

        var (rows, faults) = Read(path, "Review", "label");

        Assert.Equal([("good, and \"cheap\"", "1"), ("two\nlines", "0")], rows);
        Assert.Equal(1, faults.Count);
    }

    [Theory]
    [InlineData("a.tsv")]
    [InlineData("a.txt")]
    [InlineData("a")]
    public void Read_TabsWithoutHeader_GoesByNumber(string name)
    {
        using var files = new TemporaryFiles();
        var path = files.Write(name, "1\t-0.9\tsays \"no\", twice\n2\t1.5\t\"a \"\"whole\"\" field\"\r\n\n3\t2\n");

        var (rows, faults) = Read(path, "3", "2");

        Assert.Equal([("says \"no\", twice", "-0.9"), ("a \"whole\" field", "1.5")], rows);
        Assert.Equal(["a line 4: 2 fields, but column 3 is asked for".Replace("a ", name + " ")], faults.Shown);
    }

    [Fact]
    public void Read_Gzip_IsUnpacked()
    {
        using var files = new TemporaryFiles();
        var path = files.PathOf("a.tsv.gz");
        using (var to = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            to.Write("不错\tpositive\n"u8);
        }

        Assert.Equal([("不错", "positive")], Read(path, "1", "2").Rows);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^6]);
        Assert.Contains("cut off or damaged", Assert.Throws<DataFormatException>(() => Read(path, "1", "2")).Message);
    }

    [Fact]
    public void Read_ColumnThatIsNotThere_SaysWhichThereAre()
    {
        using var files = new TemporaryFiles();
        var path = files.Write("a.csv", "label,review\n1,good\n");

        Assert.Contains("It has: label, review.", Assert.Throws<DataFormatException>(() => Read(path, "text", "label")).Message);
        Assert.Contains("does not exist", Assert.Throws<DataFormatException>(() => Read(files.PathOf("b.csv"), "text", "label")).Message);
    }

    [Fact]
    public void Read_AFileThatNobodyQuoted_LosesNoLineUnnoticed()
    {
        using var files = new TemporaryFiles();
        var path = files.Write("a.csv", "label,review\n1,a 5\" disk\n0,bad, very bad\n1,\"fine\"\n0,7\" of trash\n1,good,,\n");

        var (rows, faults) = Read(path, "review", "label");

        Assert.Equal([("a 5\" disk", "1"), ("fine", "1"), ("7\" of trash", "0"), ("good", "1")], rows);
        Assert.Equal(["a.csv line 3: 3 fields, but the first row has 2: put a text with separators in quotes"], faults.Shown);
    }

    [Fact]
    public void Of_OneOddNumberAmongManyZerosAndOnes_IsAFault()
    {
        var faults = new RowFaults();
        var rows = Enumerable.Range(0, 200).Select(i => new CommentRow("a", i, $"{i}", i == 150 ? "3" : $"{i % 2}")).ToList();

        var comments = CommentLabels.Of(rows, 3, 0.5, faults);

        Assert.Equal((199, 99), (comments.Count, comments.Count(comment => !comment.IsPositive)));
        Assert.Contains("line 150", Assert.Single(faults.Shown));
    }

    [Theory]
    [InlineData("0 1 1", "0 1 1")]
    [InlineData("negative positive neutral NEG", "0 1 - 0")]
    [InlineData("-2.5 0 0.4 1 3", "0 - - 1 1")]
    [InlineData("-1 0 1", "0 - 1")]
    [InlineData("1 0 x", "1 0 !")]
    public void Of_Labels_AreReadForWhatTheyAre(string labels, string expected)
    {
        var faults = new RowFaults();
        var rows = labels.Split(' ').Select((label, i) => new CommentRow("a", i, $"{i}", label)).ToList();

        var comments = CommentLabels.Of(rows, 0, 0.5, faults).ToDictionary(comment => comment.Text, comment => comment.IsPositive);

        var read = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            read.Append(comments.TryGetValue($"{i}", out var isPositive) ? isPositive ? "1 " : "0 " : faults.Shown.Any(fault => fault.Contains($"line {i}:")) ? "! " : "- ");
        }

        Assert.Equal(expected, read.ToString().Trim());
    }

    [Fact]
    public void Of_Stars_CountFromTheMiddle()
    {
        var rows = new[] { "1", "3", "5" }.Select(label => new CommentRow("a", 1, label, label)).ToList();

        Assert.Equal([("1", false), ("5", true)], CommentLabels.Of(rows, 3, 0.5, new()).Select(comment => (comment.Text, comment.IsPositive)));
    }

    private static ((string, string)[] Rows, RowFaults Faults) Read(string path, string text, string label)
    {
        var faults = new RowFaults();
        return ([.. CommentFile.Read(path, new(text, label), faults).Select(row => (row.Text, row.Label))], faults);
    }
}
