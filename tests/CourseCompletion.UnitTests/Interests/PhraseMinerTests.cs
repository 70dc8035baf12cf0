using CourseCompletion.Domain.Interests;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Interests;

public class PhraseMinerTests
{
    private static readonly string[] _comments =
    [
        "验证码一直收不到", "登录要验证码吗", "手机收不到验证码怎么办", "这个验证码太难认", "输入验证码没反应", "换了邮箱还是没验证码",
        "梯度下降讲得清楚", "梯度下降没听懂", "想多看梯度下降例子", "学习率对梯度下降影响", "小批量梯度下降更快",
        "The loss function is not clear", "which loss function should one take", "a loss function with weights", "my loss function diverges", "loss function again please",
        "Please add captions to part three", "Some exercises need longer explanations", "Deadlines come too soon after holidays", "Nice pictures make matrices less scary", "Audio crackles near minute twelve",
        "Could someone share lecture notes", "Homework four has wrong numbers", "Subtitles lag behind speech", "Great teacher, clear voice", "Certificate arrived late yesterday",
        "声音太小听不清", "字幕有错别字", "作业什么时候交", "老师讲得好", "很喜欢", "The audio is too quiet", "function calls are explained nicely", "loss of sound in part two",
    ];

    [Fact]
    public void Mine_Comments_FindsWordsAndExpressionsAndNoPartsOfThem()
    {
        var phrases = PhraseMiner.Mine(_comments, PhrasePolicy.Comments);

        Assert.Equal(["loss function", "梯度下降", "验证码"], phrases);
    }

    [Fact]
    public void Mine_OtherOrder_FindsTheSame() => Gen.Shuffle(_comments).Sample(
        shuffled => Assert.Equal(PhraseMiner.Mine(_comments, PhrasePolicy.Titles), PhraseMiner.Mine(shuffled, PhrasePolicy.Titles)),
        iter: 20);

    [Fact]
    public void Mine_OnceEach_FindsNothing() => Assert.Empty(PhraseMiner.Mine(["线性回归", "逻辑斯蒂", "support vectors"], PhrasePolicy.Titles));

    [Fact]
    public void Mine_BeyondItsBound_LeavesTheRestOut() =>
        Assert.Empty(PhraseMiner.Mine([.. Enumerable.Repeat("很好", 20), .. _comments], PhrasePolicy.Comments with { CorpusUnitsMax = 10 }));
}
