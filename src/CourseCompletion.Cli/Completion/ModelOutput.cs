namespace CourseCompletion.Cli.Completion;

/// <summary>Writes model files.</summary>
internal static class ModelOutput
{
    /// <summary>Writes a file beside its place and then renames it: an interrupted run leaves no half a model.</summary>
    public static async Task WriteAsync(FileInfo to, byte[] bytes, CancellationToken cancellationToken)
    {
        to.Directory!.Create();
        var unfinished = to.FullName + ".unfinished";
        await File.WriteAllBytesAsync(unfinished, bytes, cancellationToken);
        File.Move(unfinished, to.FullName, overwrite: true);
    }
}
