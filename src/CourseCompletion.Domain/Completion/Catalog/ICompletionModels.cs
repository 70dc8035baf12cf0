namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>The model that a silo scores with.</summary>
/// <remarks>It may change between two looks: take it once for whatever must be scored by one model.</remarks>
public interface ICompletionModels
{
    /// <summary>The champion.</summary>
    ICompletionPredictor Current { get; }
}
