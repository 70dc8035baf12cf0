using Xunit;

namespace CourseCompletion.Datasets;

/// <summary>A test on real data, which is never copied into the repository: without the data it is skipped, with the reason.</summary>
/// <remarks>Skipped under continuous integration too, because no package brings the data.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatasetFactAttribute : FactAttribute
{
    /// <summary>Names the files that the test reads, relative to the datasets' directory.</summary>
    public DatasetFactAttribute(params string[] files)
    {
        var missing = files.Where(file => !File.Exists(Dataset.PathOf(file))).ToList();
        Skip = missing.Count == 0
            ? null
            : $"There is no {string.Join(" and no ", missing)} in {Dataset.Root} (set {Dataset.RootVariable} to the datasets' directory).";
    }
}
