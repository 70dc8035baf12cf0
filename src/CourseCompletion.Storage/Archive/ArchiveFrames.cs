using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Reading;

namespace CourseCompletion.Storage.Archive;

/// <summary>Reads all frames of an archive beside the process that writes it.</summary>
internal static class ArchiveFrames
{
    /// <summary>Reads the files of a directory, oldest first; none where there is no such directory. A damaged file is told and read up to the damage.</summary>
    public static void Read(string directory, IStoreReceiver receiver, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        var read = 0L;
        foreach (var name in ArchiveFileName.In(directory))
        {
            try
            {
                using var reader = new ArchiveReader(Path.Combine(directory, name.ToString()));
                while (reader.Read() is { } block)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    foreach (var (learner, frame) in block)
                    {
                        receiver.Archived(learner, frame, reader.Incarnation);
                    }

                    read += block.Count;
                    progress?.Report(new($"archive {name}", read));
                }
            }
            catch (StoreCorruptException damage)
            {
                receiver.Damaged(damage.Message);
            }
            catch (FileNotFoundException)
            {
                // Its retention ended meanwhile.
            }
        }
    }
}
