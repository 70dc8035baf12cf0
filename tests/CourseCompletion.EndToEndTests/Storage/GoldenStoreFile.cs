using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>Stores as an earlier release left them, beside the tests.</summary>
internal static class GoldenStoreFile
{
    /// <summary>The bytes of a golden file; a missing one is made from what this release writes and shown, to be committed once a layout is new.</summary>
    public static async Task<byte[]> ReadAsync(string name, Func<Task<byte[]>> makeAsync)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Storage", "Golden", name);
        if (!File.Exists(path))
        {
            var received = Path.Combine(AppContext.BaseDirectory, name + ".received");
            await File.WriteAllBytesAsync(received, await makeAsync());
            Assert.Fail($"Storage/Golden/{name} is missing; what this release writes is in {received}. A layout that was released keeps its file: give a new one the next version.");
        }

        return await File.ReadAllBytesAsync(path);
    }
}
