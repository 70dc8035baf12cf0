namespace CourseCompletion.Prediction.Completion;

/// <summary>A model file that is refused.</summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Reports why a file is refused.</summary>
    /// <param name="fault">The kind of fault.</param>
    /// <param name="message">What is wrong, and what to do about it.</param>
    public ModelFileException(ModelFileFault fault, string message)
        : base(message)
    {
        Fault = fault;
    }

    /// <summary>The kind of fault.</summary>
    public ModelFileFault Fault { get; }
}

/// <summary>Why a model file is refused.</summary>
public enum ModelFileFault
{
    /// <summary>It is no model file at all.</summary>
    NotAModel,

    /// <summary>It ends too early.</summary>
    Truncated,

    /// <summary>Its bytes are not those that were written.</summary>
    Corrupt,

    /// <summary>A newer release wrote it.</summary>
    NewerFormat,

    /// <summary>It was made for other features than this release has.</summary>
    OtherFeatures,

    /// <summary>It predicts something else than what is asked for.</summary>
    OtherTarget,
}
