using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

public class CommentLanguagesTests
{
    [Theory]
    [InlineData("老师讲得很好", CommentLanguage.Chinese)]
    [InlineData("這門課很好", CommentLanguage.Chinese)]
    [InlineData("这个app不错", CommentLanguage.Chinese)]
    [InlineData("可爱の老师", CommentLanguage.Chinese)]
    [InlineData("great course, thank you", CommentLanguage.English)]
    [InlineData("I love 北京 so much", CommentLanguage.English)]
    [InlineData("Noël's lecture was great", CommentLanguage.English)]
    [InlineData("très bien expliqué, merci à vous", CommentLanguage.Other)]
    [InlineData("とても分かりやすいです", CommentLanguage.Other)]
    [InlineData("очень хороший курс", CommentLanguage.Other)]
    [InlineData("정말 좋아요", CommentLanguage.Other)]
    [InlineData("666", CommentLanguage.Other)]
    [InlineData("", CommentLanguage.Other)]
    public void Of_Letters_TellTheLanguage(string text, CommentLanguage expected) => Assert.Equal(expected, CommentLanguages.Of(CommentText.Normalise(text)));
}
