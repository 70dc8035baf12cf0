namespace CourseCompletion.Cli.Simulate;

/// <summary>What simulated learners write. Some of it has commas, quotes and line breaks, as real comments do.</summary>
internal static class SimulatedTexts
{
    private static readonly string[] _pleased =
    [
        "Great explanation, thank you!", "Finally I understand this.", "Clear and short, just right.",
        "The example at the end helped a lot.", "\"Learning by doing\" really works here.", "Loved it,\nmore of this please",
    ];

    private static readonly string[] _lost =
    [
        "Too fast for me, I had to go back several times.", "I got lost in the middle.", "The sound is hard to follow.",
        "Not sure what this is for, to be honest.", "Hard, but I will try again tomorrow.", "Could we have more examples?",
    ];

    private static readonly string[] _questions =
    [
        "Why does the second step follow from the first?", "Is this part of the quiz?", "Where can I read more about this?",
        "Does it also hold for small numbers, say 3 or 4?", "What does the word at 02:10 mean?",
    ];

    private static readonly string[] _answers =
    [
        "Have a look at the lesson before, it is explained there.", "Yes, I asked the same; the answer is \"it depends\".",
        "Try it with a small example first.", "It is on the second slide.", "I think so, but let us wait for the teacher.",
    ];

    public static string Comment(Chance chance, bool pleased) => Pick(chance, pleased ? _pleased : _lost);

    public static string Question(Chance chance) => Pick(chance, _questions);

    public static string Answer(Chance chance) => Pick(chance, _answers);

    private static string Pick(Chance chance, string[] texts) => texts[chance.Below(texts.Length)];
}
