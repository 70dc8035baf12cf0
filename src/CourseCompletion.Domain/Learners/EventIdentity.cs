using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace CourseCompletion.Domain.Learners;

/// <summary>The 16 bytes by which an event is remembered.</summary>
public static class EventIdentity
{
    /// <summary>XXH3-128 over the UTF-8 of source, a zero byte, and event id.</summary>
    /// <remarks>With 100,000 remembered events a learner, two different events share a hash with a probability below 2e-29.</remarks>
    public static UInt128 Of(string source, string eventId)
    {
        var bytesMax = Encoding.UTF8.GetMaxByteCount(source.Length + eventId.Length) + 1;
        byte[]? rented = null;
        var buffer = bytesMax <= 1024 ? stackalloc byte[bytesMax] : (rented = ArrayPool<byte>.Shared.Rent(bytesMax));
        var length = Encoding.UTF8.GetBytes(source, buffer);
        buffer[length++] = 0;
        length += Encoding.UTF8.GetBytes(eventId, buffer[length..]);
        var hash = XxHash128.HashToUInt128(buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }
}
