using System.Collections.Frozen;

namespace CourseCompletion.Domain.Interests;

/// <summary>What says nothing about a subject: short words of the language, and words that every course has.</summary>
internal static class StopWords
{
    private const string Numerals = "0123456789一二三四五六七八九十百零〇两";
    private const string Divisions = "章节课讲周部集期回单";

    // Letters that are hardly ever part of a subject's name.
    private const string ChineseLetters = "的了吗呢吧啊呀哦嗯嘛我你您他她它们这那很是与及或和之";

    // The longest first.
    private static readonly string[] _chineseWords =
    [
        "为什么", "是什么", "怎么样", "有没有", "什么", "怎么", "如何", "介绍", "简介", "概述", "概论", "导论", "绪论", "课程", "本课", "本节", "老师", "同学", "大家", "今天", "视频",
        "一个", "这个", "那个", "哪个", "一下", "一些", "可以", "没有", "不是", "就是", "还是", "非常", "觉得", "知道", "感觉", "但是", "因为", "所以", "如果", "谢谢", "请问", "部分", "单元",
    ];

    /// <summary>English words, in lower case.</summary>
    public static FrozenSet<string> English { get; } = new[]
    {
        "a", "about", "above", "after", "again", "all", "also", "always", "am", "an", "and", "another", "any", "are", "aren't", "as", "at", "be", "because", "been", "before", "being", "below",
        "between", "both", "but", "by", "can", "can't", "cannot", "could", "did", "didn't", "do", "does", "doesn't", "doing", "don't", "done", "down", "during", "each", "even", "every", "few",
        "for", "from", "further", "get", "gets", "getting", "give", "go", "going", "good", "got", "great", "had", "has", "have", "having", "he", "her", "here", "him", "his", "how", "i", "i'd", "i'll",
        "i'm", "i've", "if", "in", "into", "is", "isn't", "it", "its", "just", "know", "least", "let", "like", "lot", "made", "make", "many", "may", "me", "might", "more", "most", "much", "must", "my",
        "need", "never", "no", "nor", "not", "now", "of", "off", "ok", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "please", "put", "really", "same", "say", "see", "she",
        "should", "so", "some", "such", "than", "thank", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "things", "think", "this", "those", "through", "to", "too",
        "two", "under", "until", "up", "us", "use", "used", "using", "very", "via", "want", "was", "wasn't", "way", "we", "well", "were", "what", "when", "where", "which", "while", "who", "whom", "why",
        "will", "with", "without", "won't", "would", "yes", "yet", "you", "your",
        "basics", "chapter", "class", "conclusion", "course", "intro", "introduction", "lecture", "lesson", "lessons", "module", "overview", "part", "quiz", "recap", "review", "section", "session",
        "summary", "unit", "video", "videos", "watch", "week", "welcome",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How many letters of a run without blanks are to be left out at a place; 0 for none.</summary>
    public static int LengthAt(string letters, int at)
    {
        if (DivisionAt(letters, at) is var division and > 0)
        {
            return division;
        }

        foreach (var word in _chineseWords)
        {
            if (string.CompareOrdinal(letters, at, word, 0, word.Length) == 0)
            {
                return word.Length;
            }
        }

        return ChineseLetters.Contains(letters[at], StringComparison.Ordinal) ? 1 : 0;
    }

    // "Chapter 3" as it is written in Chinese. Digits are no letters of such a run, but numerals are.
    private static int DivisionAt(string letters, int at)
    {
        if (letters[at] != '第')
        {
            return 0;
        }

        var end = at + 1;
        while (end < letters.Length && Numerals.Contains(letters[end], StringComparison.Ordinal))
        {
            end++;
        }

        return end < letters.Length && end > at + 1 && Divisions.Contains(letters[end], StringComparison.Ordinal) ? end + 1 - at : 1;
    }
}
