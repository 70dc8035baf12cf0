namespace CourseCompletion.Domain.Interests;

/// <summary>From when on neighbours are taken for a phrase.</summary>
public sealed record PhrasePolicy
{
    /// <summary>For titles: few texts, in which hardly a phrase comes more than a few times.</summary>
    public static PhrasePolicy Titles { get; } = new() { CountMin = 2 };

    /// <summary>For comments.</summary>
    public static PhrasePolicy Comments { get; } = new();

    /// <summary>How often it must come. Default 4.</summary>
    public int CountMin { get; init; } = 4;

    /// <summary>The least pointwise mutual information of its two parts, wherever it is parted, in bits. Default 3: eight times as often together as by chance.</summary>
    public double InformationMin { get; init; } = 3;

    /// <summary>The least entropy of what stands before it, and of what stands after it, in bits; the beginning and the end of a run are another neighbour each time. Default 1: as two neighbours equally often.</summary>
    public double EntropyMin { get; init; } = 1;

    /// <summary>How many units a phrase has at most: letters in Chinese, words elsewhere. Default 4.</summary>
    public int UnitsMax { get; init; } = 4;

    /// <summary>How many units are looked at; what comes later counts nowhere. Default 200,000.</summary>
    public int CorpusUnitsMax { get; init; } = 200_000;
}
