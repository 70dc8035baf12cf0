namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>A directory of a test's own, gone with the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("coursecompletion-e2e-");

    public string Path => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}
