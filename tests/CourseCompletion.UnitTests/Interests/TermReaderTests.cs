using CourseCompletion.Domain.Interests;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Interests;

public class TermReaderTests
{
    private static readonly TermReader _plain = new([]);

    [Theory]
    [InlineData("Lesson 3: Introduction to the Gradient Descent", "gradient|descent")]
    [InlineData("What's new in C++ and C#", "new|c++|c#")]
    [InlineData("Bayes' theorem, or: the student's guide", "bayes|theorem|student|guide")]
    [InlineData("梯度下降与反向传播", "梯度下降|反向传播")]
    [InlineData("第三章 线性回归的原理", "线性回归|原理")]
    [InlineData("Ｐｙｔｈｏｎ数据分析入门", "python|数据|据分|分析|析入|入门")]
    [InlineData("为什么这个验证码收不到？", "验证|证码|码收|收不|不到")]
    [InlineData("  —  1984  ", "")]
    public void Read_Text_GivesItsTerms(string text, string terms) => Assert.Equal(terms, string.Join('|', _plain.Read(text)));

    [Fact]
    public void Read_KnownPhrases_StayTogether()
    {
        var reader = new TermReader(["Machine Learning", "数据分析", "验证码"]);

        Assert.Equal(["python", "数据分析", "入门"], reader.Read("Python数据分析入门"));
        Assert.Equal(["practical", "machine learning"], reader.Read("Practical machine-learning"));
        Assert.Equal(["验证码", "收不到"], reader.Read("验证码收不到"));
    }

    [Fact]
    public void Read_AnyText_GivesTermsOfItsOwnInLowerCase() => Gen.String[Gen.Char["aBcD 的学习机器。,1+#'\ud83d\ude00"], 0, 60].Sample(text =>
    {
        Assert.All(_plain.Read(text), term =>
        {
            Assert.InRange(term.Length, 2, text.Length);
            Assert.Contains(term, text.ToLowerInvariant(), StringComparison.Ordinal);
        });
    });
}
