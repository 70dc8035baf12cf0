namespace CourseCompletion.Grains;

/// <summary>The name of the clock that grains decide by.</summary>
/// <remarks>A keyed service of its own, so that a test can set the engine's time without touching Orleans' membership clock.</remarks>
public static class EngineTime
{
    /// <summary>The key of the <see cref="TimeProvider"/>.</summary>
    public const string Key = "coursecompletion";
}
