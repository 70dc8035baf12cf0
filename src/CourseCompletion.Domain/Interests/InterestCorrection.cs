using System.Text;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Interests;

/// <summary>What a learner said about a topic.</summary>
/// <param name="Topic">The topic, as <see cref="TopicName"/> writes it.</param>
/// <param name="Verdict">What holds from then on.</param>
public readonly record struct InterestCorrection(string Topic, InterestVerdict Verdict)
{
    /// <summary>About how many bytes it takes in a snapshot, at most.</summary>
    internal int Bytes => 4 + Encoding.UTF8.GetByteCount(Topic);

    internal void Write(PayloadWriter to)
    {
        to.Text(Topic);
        to.Byte((byte)Verdict);
    }

    internal static InterestCorrection Read(ref PayloadReader from) => new(from.Text(), (InterestVerdict)from.Byte());
}
