using Microsoft.AspNetCore.Http;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>What the unsubscribe pages say, in the reader's language. Nothing of it comes from outside, so it needs no escaping.</summary>
/// <param name="Language">The language.</param>
/// <param name="Title">The heading.</param>
/// <param name="Question">What the button would do.</param>
/// <param name="Button">The button.</param>
/// <param name="Done">That it was done.</param>
/// <param name="UnknownLink">That the engine did not make the link.</param>
/// <param name="TryAgain">That it was not done.</param>
internal sealed record UnsubscribeText(string Language, string Title, string Question, string Button, string Done, string UnknownLink, string TryAgain)
{
    private static readonly UnsubscribeText _english = new(
        "en",
        "Unsubscribe",
        "Do you want to stop getting reminders like this one?",
        "Unsubscribe",
        "Done. You will get no more reminders like this one.",
        "This link is not complete or no longer valid. Please use the one in the newest message.",
        "That did not work just now. Please try again in a moment.");

    private static readonly UnsubscribeText _chinese = new(
        "zh",
        "退订",
        "您确定不再接收此类提醒吗?",
        "退订",
        "已退订。您将不再收到此类提醒。",
        "此链接不完整或已失效,请使用最新一条消息中的链接。",
        "暂时无法完成,请稍后再试。");

    /// <summary>The text for the language that the reader's browser asks for first, of those that there are.</summary>
    public static UnsubscribeText Of(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString())
        .Select(tag => tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? _chinese : tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? _english : null)
        .FirstOrDefault(text => text is not null) ?? _english;
}
