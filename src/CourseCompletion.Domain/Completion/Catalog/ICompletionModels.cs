namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>The models that a silo scores with.</summary>
/// <remarks>They may change between two looks: take them once for whatever must be scored by one model.</remarks>
public interface ICompletionModels
{
    /// <summary>Those of this instant.</summary>
    ModelsInForce Current { get; }
}
