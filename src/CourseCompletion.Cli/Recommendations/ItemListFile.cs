using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Recommendations;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>Reads files with a learner and the items taken on each line: <c>learner item item ...</c>, oldest first, plain or gzip.</summary>
internal static class ItemListFile
{
    private const int LineCharsMax = 1024 * 1024;
    private static readonly char[] _blanks = [' ', '\t', '\r'];

    /// <summary>Reads a file. An item that a line repeats counts where it stands first; lines without items are skipped.</summary>
    /// <exception cref="DataFormatException">It cannot be used; the message names the line and the cure.</exception>
    public static List<LearnerItems> Read(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException($"{path} does not exist.");
        }

        try
        {
            using var text = DataFile.Open(path);
            return Read(path, new LineReader(text, LineCharsMax), cancellationToken);
        }
        catch (InvalidDataException error)
        {
            throw DataFile.Damaged(path, error);
        }
    }

    private static List<LearnerItems> Read(string path, LineReader lines, CancellationToken cancellationToken)
    {
        var read = new List<LearnerItems>();
        var lineOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1; lines.TryRead(out var line, out var isTooLong); number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var words = line.Split(_blanks, StringSplitOptions.RemoveEmptyEntries);
            if (isTooLong)
            {
                throw Fault(number, $"it is longer than {LineCharsMax:N0} characters: is it a list of 'learner item item ...'?");
            }

            if (words is [var only] && only.Contains(','))
            {
                throw Fault(number, "items are separated by blanks, as in 'learner item item ...'. A table of events is given as --data DIRECTORY with events.csv in it.");
            }

            if (words.Length < 2)
            {
                continue;
            }

            if (!lineOf.TryAdd(words[0], number))
            {
                throw Fault(number, $"learner '{words[0]}' stands in line {lineOf[words[0]]} already: put all of a learner's items on one line, oldest first.");
            }

            read.Add(new(words[0], [.. words.Skip(1).Distinct(StringComparer.Ordinal).Select(Shared)], []));
        }

        return read.Count > 0 ? read : throw new DataFormatException($"{path} has no items: each line is 'learner item item ...', oldest first.");

        DataFormatException Fault(int number, string fault) => new($"{path} line {number}: {fault}");

        string Shared(string name)
        {
            names.Add(name);
            return names.TryGetValue(name, out var known) ? known : name;
        }
    }
}
