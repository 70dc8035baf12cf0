using System.IO.Compression;

namespace CourseCompletion.Cli.Engagement;

/// <summary>Opens text files, compressed with gzip or not.</summary>
internal static class DataFile
{
    /// <summary>Reads a file; gzip is recognised by its first two bytes, whatever the name.</summary>
    /// <remarks>A gzip file that is cut off ends with <see cref="InvalidDataException"/>, because the project file asks for strict validation.</remarks>
    public static StreamReader Open(string path)
    {
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return new StreamReader(isGzip ? new GZipStream(file, CompressionMode.Decompress) : file, bufferSize: 64 * 1024);
    }

    /// <summary>What to say when gzip cannot read on: <see cref="InvalidDataException"/> names neither the file nor a cause.</summary>
    public static DataFormatException Damaged(string path, InvalidDataException error) =>
        new($"{path} is cut off or damaged: {error.Message} Fetch it again.");

    /// <summary>Writes a file, compressed if its name ends with <c>.gz</c>.</summary>
    public static StreamWriter Create(string path)
    {
        Stream file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024);
        var isGzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        return new StreamWriter(isGzip ? new GZipStream(file, CompressionLevel.Fastest) : file) { NewLine = "\n" };
    }

    /// <summary>The file of this name in a directory, as it is or with <c>.gz</c>; null when there is neither.</summary>
    public static string? Find(string directory, string name)
    {
        var plain = Path.Combine(directory, name);
        return File.Exists(plain) ? plain : File.Exists(plain + ".gz") ? plain + ".gz" : null;
    }

    /// <summary>The same, for a file that must be there.</summary>
    public static string Require(string directory, string name) =>
        Find(directory, name) ?? throw new DataFormatException($"{directory} has neither {name} nor {name}.gz.");
}
