using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Cli.Doctor;

/// <summary>Writes how far a verification came: once for each part, and once a second within a long one.</summary>
/// <remarks>Called in place, unlike <see cref="Progress{T}"/>, so that no line comes after the result.</remarks>
internal sealed class DoctorProgress(TextWriter to, TimeProvider time) : IProgress<VerificationProgress>
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(1);

    private string _part = "";
    private long _writtenAt;

    public void Report(VerificationProgress value)
    {
        if (value.Part != _part || time.GetElapsedTime(_writtenAt) >= _every)
        {
            (_part, _writtenAt) = (value.Part, time.GetTimestamp());
            to.WriteLine($"Reading {value.Part}; {value.ItemsRead} items so far.");
        }
    }
}
