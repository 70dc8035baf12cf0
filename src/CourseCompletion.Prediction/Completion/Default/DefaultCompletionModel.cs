namespace CourseCompletion.Prediction.Completion.Default;

/// <summary>The model that answers until one is published that was learned from courses of one's own.</summary>
/// <remarks>
/// <para>
/// Learned from the Open University Learning Analytics Dataset (Kuzilek, Hlosta, Zdrahal: Open University Learning Analytics dataset, Scientific Data 4:170171, 2017), CC BY 4.0,
/// and from nothing else. It asks only for what means the same on any platform (<see cref="Training.FeatureSelection.NotPortable"/>) and knows courses without lessons or dates.
/// <c>docs/predictions.md</c> has the command that makes the same bytes.
/// </para>
/// </remarks>
public static class DefaultCompletionModel
{
    /// <summary>Its name.</summary>
    public const string Name = "oulad-1";

    private const string Resource = "CourseCompletion.Prediction.Completion.Default.oulad-1.model";

    private static readonly Lazy<CompletionModel> _model = new(() => ModelFile.Decode(ReadBytes()));

    /// <summary>The model, read once a process.</summary>
    public static CompletionModel Load() => _model.Value;

    /// <summary>The bytes of its file.</summary>
    public static byte[] ReadBytes()
    {
        using var stream = typeof(DefaultCompletionModel).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
